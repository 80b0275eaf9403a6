using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class YamlReaderTests
{
    [Fact]
    public void Names_are_keys_and_scalars_are_values()
    {
        const string Text = "face:\n  race: asian\n  list: [a, b]\n";
        Assert.Equal(["face", "race", "list"], Read.Texts("a.yaml", Text, TokenKind.Key));
        Assert.Equal(["asian", "a", "b"], Read.Texts("a.yaml", Text, TokenKind.Value));
    }

    [Fact]
    public void What_stands_in_the_same_mapping_has_the_same_group()
    {
        var group = Read.Tokens("a.yaml", "a:\n  b: 1\n  c: 2\nd: [e, f]\n")
            .ToDictionary(token => token.Text.ToString(), token => token.Group);
        Assert.Equal(group["a"], group["d"]);
        Assert.Equal(group["b"], group["c"]);
        Assert.Equal(group["e"], group["f"]);
        Assert.Equal(3, new[] { group["a"], group["b"], group["e"] }.Distinct().Count());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Plain_quoted_tagged_and_anchored_scalars_stand_where_their_text_begins(string end)
    {
        var text = string.Join(end, "a: plain", "b: 'single'", "  ", "\"c\": &x !!str \"double\"", "d: é", "族: e", "");
        Assert.Equal((1, 4), Read.PlaceOf("a.yaml", text, "plain"));
        Assert.Equal((2, 5), Read.PlaceOf("a.yaml", text, "single"));
        Assert.Equal((4, 16), Read.PlaceOf("a.yaml", text, "double"));
        Assert.Equal((6, 4), Read.PlaceOf("a.yaml", text, "e"));
    }

    [Theory]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData("|-")]
    [InlineData(">+")]
    public void Each_line_of_a_block_is_read_where_it_stands(string sign)
    {
        var text = $"a: {sign}\n  one\n\n    two\n  three\nb: four\n";
        Assert.Equal((2, 3), Read.PlaceOf("a.yaml", text, "one"));
        Assert.Equal((4, 5), Read.PlaceOf("a.yaml", text, "two"));
        Assert.Equal((5, 3), Read.PlaceOf("a.yaml", text, "three"));
        Assert.Equal((6, 4), Read.PlaceOf("a.yaml", text, "four"));
    }

    [Fact]
    public void A_block_that_ends_with_the_file_is_read_to_its_last_line() =>
        Assert.Equal((3, 3), Read.PlaceOf("a.yaml", "a: |\n  one\n  race", "race"));

    [Fact]
    public void All_documents_of_a_file_are_read() =>
        Assert.Equal(["race", "age"], Read.Texts("a.yaml", "race: 1\n---\nage: 2\n", TokenKind.Key));

    [Theory]
    [InlineData("a: &x {race: *x}\n")]
    [InlineData("a: &x [*x, *x, race: 1]\n")]
    [InlineData("a: &x [race, race]\nb: &y [*x, *x]\nc: &z [*y, *y]\n")]
    public void An_anchor_is_not_followed_so_that_nothing_grows(string text) =>
        Assert.InRange(Read.Tokens("a.yaml", text).Count, 1, 6);

    [Fact]
    public void An_alias_counts_as_a_value() =>
        Assert.Equal(["a", "b", "race"], Read.Texts("a.yaml", "a: &x 1\nb: *x\nrace: 2\n", TokenKind.Key));

    [Fact]
    public void A_line_that_is_a_comment_is_read() =>
        Assert.Equal([" the race"], Read.Texts("a.yaml", "a: 1\n  # the race\n", TokenKind.Comment));

    [Theory]
    [InlineData("{{- if .Values.face }}\nrace: {{ .Values.race }}\n{{- end }}\n")]
    [InlineData("a: [b\nrace: c\n")]
    [InlineData("a: b: c\nrace: d\n")]
    [InlineData("\ta: 1\nrace: 2\n")]
    public void A_template_that_does_not_parse_is_read_line_by_line(string text)
    {
        Assert.Contains("race", Read.Texts("a.yaml", text, TokenKind.Key));
        Assert.Null(Read.Misplaced(text, Read.Tokens("a.yaml", text)));
    }

    [Fact]
    public void Simple_entries_stand_where_they_are_written()
    {
        var word = Gen.String[Gen.Char["raceé族_"], 1, 8];
        var value = Gen.OneOf(word, word.Select(text => $"'{text}'"), word.Select(text => $"\"{text}\""), word.Select(text => $"[{text}]"));
        var entry = Gen.Select(Gen.OneOf("", "- ", "# ", "? "), word, value, Gen.OneOf("\n", "\r\n", "\r", "\n---\n"),
            (sign, key, text, end) => $"{sign}{key}: {text}{end}");
        entry.Array[0, 10].Select(string.Concat).Sample(
            text =>
            {
                var passage = Assert.Single(Read.File("a.yaml", text).Passages);
                Assert.Null(Read.Misplaced(text, passage.Tokens));
                Assert.True(Read.IsInReadingOrder(passage));
            },
            seed: "0000Kx9Qw2a1", iter: 1000);
    }
}
