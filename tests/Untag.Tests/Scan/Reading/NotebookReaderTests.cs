using CsCheck;
using Untag.Scan;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class NotebookReaderTests
{
    private const string Pretty = """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "source": [
            "# The race\n",
            "of a face"
           ]
          },
          {
           "cell_type": "code",
           "outputs": [
            { "output_type": "stream", "text": [ "dominant race\n" ] },
            { "data": { "image/png": "cmFjZQ==", "text/html": [ "<td>Anna</td>" ] } }
           ],
           "source": [
            "import face\n",
            "race = face.race()"
           ]
          }
         ],
         "metadata": { "kernelspec": { "language": "python" } }
        }
        """;

    [Fact]
    public void Each_cell_is_a_passage_that_says_its_number() =>
        Assert.Equal(
            [("text", "cell 1"), ("python", "cell 2"), ("output", "cell 2 output")],
            Read.File("a.ipynb", Pretty).Passages.Select(passage => (passage.Language, passage.Inner)));

    [Fact]
    public void A_cell_of_text_is_prose()
    {
        var passage = Read.File("a.ipynb", Pretty).Passages[0];
        Assert.Equal(PassageKind.Prose, passage.Kind);
        Assert.Equal(["# The race", "of a face"], passage.Tokens.Select(token => token.Text.ToString()));
    }

    [Fact]
    public void Code_stands_at_its_line_and_column_in_the_file()
    {
        var code = Read.File("a.ipynb", Pretty).Passages[1];
        Assert.Equal(["import", "face", "race", "face", "race"], code.Tokens.Select(token => token.Text.ToString()));
        Assert.Equal((18, 6), (code.Tokens[2].Line, code.Tokens[2].Column));
        Assert.Null(Read.Misplaced(Pretty, code.Tokens));
    }

    [Fact]
    public void Of_the_outputs_only_what_was_printed_is_read() =>
        Assert.Equal(
            ["dominant race"],
            Read.File("a.ipynb", Pretty).Passages[2].Tokens.Select(token => token.Text.ToString()));

    [Fact]
    public void Of_a_data_frame_the_header_is_read_and_no_row_in_any_form()
    {
        const string Text = """
            {"cells": [{"cell_type": "code", "source": "df.head()", "outputs": [{"output_type": "execute_result", "data": {
             "text/html": ["<div><style>th {}</style><table border=\"1\"><thead><tr><th></th><th>name</th><th>race &amp; sex</th></tr></thead>\n",
              "<tbody><tr><th>Bert</th><td>Anna</td><td>asian</td></tr></tbody></table></div>"],
             "text/plain": ["  name race\n", "0 Anna asian"]}}]}]}
            """;
        Assert.Equal(
            ["name", "race & sex"],
            Read.File("a.ipynb", Text).Passages[1].Tokens.Select(token => token.Text.ToString()));
    }

    [Fact]
    public void What_is_shown_as_plain_text_is_read() =>
        Assert.Equal(
            ["'dominant race'"],
            Read.File(
                "a.ipynb",
                """{"cells":[{"cell_type":"code","source":"a","outputs":[{"data":{"text/plain":["'dominant race'"]}}]}]}""")
                .Passages[1].Tokens.Select(token => token.Text.ToString()));

    [Fact]
    public void A_notebook_on_one_line_is_read_cell_by_cell()
    {
        const string Text = """{"cells":[{"cell_type":"code","source":"a = 1\nrace = 2"},{"cell_type":"code","source":["b\n","c"]}]}""";
        var read = Read.File("a.ipynb", Text);
        Assert.Equal(["cell 1", "cell 2"], read.Passages.Select(passage => passage.Inner));
        Assert.All(read.Passages, passage => Assert.Null(Read.Misplaced(Text, passage.Tokens)));
        Assert.All(read.Passages, passage => Assert.True(Read.IsInReadingOrder(passage)));
    }

    [Fact]
    public void Code_is_read_in_the_language_of_the_notebook() =>
        Assert.Equal(
            "r",
            Read.File(
                "a.ipynb",
                """{"cells":[{"cell_type":"code","source":"face.race"}],"metadata":{"kernelspec":{"language":"R"}}}""")
                .Passages[0].Language);

    [Fact]
    public void Cells_of_an_old_notebook_are_read() =>
        Assert.Equal(
            ["race", "face"],
            Read.Texts("a.ipynb", """{"worksheets":[{"cells":[{"cell_type":"code","input":["race\n","face"]}]}]}""", TokenKind.Identifier));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    public void A_cell_without_outputs_or_source_costs_no_other_cell(string nothing)
    {
        var text = $$"""
            {"cells": [
              {"cell_type": "code", "outputs": {{nothing}}, "source": {{nothing}}},
              {"cell_type": "code", "source": ["race"], "outputs": {{nothing}}},
              {"source": ["face"]}
            ]}
            """;
        Assert.Null(Read.File("a.ipynb", text).Problem);
        Assert.Equal(["race", "face"], Read.Texts("a.ipynb", text, TokenKind.Identifier));
    }

    [Theory]
    [InlineData("""{"cells": "race"}""")]
    [InlineData("""{"race": 1}""")]
    [InlineData("""{"cells": [{"source": ["race", 7]}]}""")]
    [InlineData("""{"cells": [{"source": ["race" """)]
    [InlineData("""{"cells": [], "metadata": {"kernelspec": {"language": 7}}, "race": 1}""")]
    public void What_has_not_the_structure_of_a_notebook_is_read_as_JSON_and_that_is_stated(string text)
    {
        Assert.NotNull(Read.File("a.ipynb", text).Problem);
        Assert.Contains(Read.Tokens("a.ipynb", text), token => token.Text.Span.SequenceEqual("race"));
    }

    [Fact]
    public void In_any_cell_tokens_stand_in_order_at_their_line_and_column()
    {
        var line = Gen.String[Gen.Char["race_é族 .()=#"], 0, 12];
        Gen.Select(line.Array[1, 6], Gen.OneOf("\\n", "\\r\\n"), Gen.OneOf("code", "markdown"), Gen.Int[0, 2]).Sample(
            (lines, end, kind, shape) =>
            {
                var source = shape switch
                {
                    0 => $"\"{string.Join(end, lines)}\"",
                    1 => $"[{string.Join(", ", lines.Select(part => $"\"{part}{end}\""))}]",
                    _ => $"[\n{string.Join(",\n", lines.Select(part => $" \"{part}{end}\""))}]",
                };
                var text = $$"""{"cells": [{"cell_type": "{{kind}}", "source": {{source}}}]}""";
                var passage = Assert.Single(Read.File("a.ipynb", text).Passages);
                Assert.Null(Read.Misplaced(text, passage.Tokens.Select(token => token with { Text = token.Text.TrimEnd() })));
                Assert.True(Read.IsInReadingOrder(passage));
            },
            seed: "0000Kx9Qw2a1", iter: 1000);
    }

    [Fact]
    public void A_tag_in_a_notebook_that_was_run_is_an_error_in_its_cell()
    {
        var report = Fixture.Scan("notebooks/face-attributes.ipynb");
        Assert.True(report.Complete);
        Assert.Contains(
            report.Findings,
            finding => finding is { Level: Level.Error, Inner: "cell 2", Match: "White, Black, East Asian, Indian" });
        Assert.Contains(report.Findings, finding => finding is { Inner: "cell 3", Match: "race" });
    }

    [Fact]
    public void A_notebook_without_a_tag_is_clean() =>
        Assert.Equal(ScanVerdict.Clean, Fixture.Scan("notebooks/face-attributes-without-tag.ipynb").Verdict);
}
