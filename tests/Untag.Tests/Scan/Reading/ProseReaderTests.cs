using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class ProseReaderTests
{
    [Fact]
    public void Each_line_is_read_for_itself()
    {
        const string Text = "The race of a face.\r\n\r\n  Second line.\rThird.";
        Assert.Equal(["The race of a face.", "  Second line.", "Third."], Read.Texts("a.md", Text, TokenKind.Prose));
        Assert.Null(Read.Misplaced(Text, Read.Tokens("a.md", Text)));
    }

    [Theory]
    [InlineData("```")]
    [InlineData("~~~")]
    public void A_fenced_block_is_code_that_nobody_runs(string mark)
    {
        var text = $"Before.\n{mark}js\nconst race = 1;\n{mark}\nAfter.";
        var read = Read.File("a.md", text);
        Assert.Equal(
            [(PassageKind.Prose, "text"), (PassageKind.Prose, "example in javascript")],
            read.Passages.Select(passage => (passage.Kind, passage.Language)));
        Assert.Equal((3, 7), Read.PlaceOf("a.md", text, "race"));
        Assert.Equal((5, 1), Read.PlaceOf("a.md", text, "After."));
    }

    [Theory]
    [InlineData("```\nrace = 1")]
    [InlineData("```nosuchlanguage\nrace = 1\n```")]
    [InlineData("```python {.numbered}\nrace = 1\n```")]
    public void A_block_that_is_open_or_of_no_known_language_is_read_as_Python(string text) =>
        Assert.Equal((2, 1), Read.PlaceOf("a.md", text, "race"));

    [Fact]
    public void A_row_of_a_table_is_a_group_and_its_cells_are_tokens()
    {
        var group = Read.Tokens("a.md", "| race | age |\n|---|---|\n| b | c |\nText.")
            .Where(token => token.Text.Span.IndexOf("--", StringComparison.Ordinal) < 0)
            .ToDictionary(token => token.Text.ToString().Trim(), token => token.Group);
        Assert.Equal(group["race"], group["age"]);
        Assert.Equal(group["b"], group["c"]);
        Assert.NotEqual(group["race"], group["b"]);
        Assert.Equal(0, group["Text."]);
    }

    [Theory]
    [InlineData("labels.txt")]
    [InlineData("coco.names")]
    [InlineData("LABELS")]
    public void A_file_of_short_lines_is_a_list_of_labels(string path)
    {
        var passage = Assert.Single(Read.File(path, "White\n\tBlack\nEast Asian\n").Passages);
        Assert.Equal((PassageKind.Structure, "labels"), (passage.Kind, passage.Language));
        Assert.Equal([(1, 1), (2, 1), (3, 1)], passage.Tokens.Select(token => (token.Line, token.Group)));
    }

    [Fact]
    public void An_empty_line_parts_two_lists_of_labels()
    {
        var group = Read.Tokens("labels.txt", "White\nBlack\n\nRed\nBlue\n").Select(token => token.Group).ToArray();
        Assert.Equal((group[0], group[2]), (group[1], group[3]));
        Assert.NotEqual(group[0], group[2]);
    }

    [Theory]
    [InlineData("a.txt", "One line")]
    [InlineData("a.txt", "A sentence.\nAnother one.")]
    [InlineData("a.txt", "a line of too many words\nsecond")]
    [InlineData("a.md", "White\nBlack")]
    public void Sentences_are_no_list_of_labels(string path, string text) =>
        Assert.Equal("text", Read.File(path, text).Passages[0].Language);

    [Fact]
    public void A_long_line_is_cut_between_words_and_loses_nothing()
    {
        var text = string.Join(' ', Enumerable.Repeat("ethnicity", 1000));
        var tokens = Read.Tokens("a.md", text);
        Assert.Equal(text, string.Concat(tokens.Select(token => token.Text)));
        Assert.All(tokens, token => Assert.InRange(token.Text.Length, 1, 2000));
        Assert.All(tokens, token => Assert.EndsWith("ethnicity", token.Text.ToString(), StringComparison.Ordinal));
        Assert.Null(Read.Misplaced(text, tokens));
    }

    [Fact]
    public void In_any_text_tokens_stand_in_order_at_their_line_and_column() =>
        Gen.Select(
            Gen.OneOf("race", "é族", "|", "```", "~~~", "js", ".", " ", "\t", "\n", "\r\n", "\r", "\"", "#")
                .Array[0, 40].Select(string.Concat),
            Gen.OneOf("a.md", "a.txt", "a.unknown"))
        .Sample(
            (text, path) =>
            {
                foreach (var passage in Read.File(path, text).Passages)
                {
                    Assert.Null(Read.Misplaced(text, passage.Tokens));
                    Assert.True(Read.IsInReadingOrder(passage));
                }
            },
            seed: "0000Kx9Qw2a1", iter: 3000);
}
