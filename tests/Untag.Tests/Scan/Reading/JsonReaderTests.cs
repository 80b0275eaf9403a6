using System.Text.Json;
using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class JsonReaderTests
{
    [Fact]
    public void Names_are_keys_and_strings_are_values()
    {
        const string Text = "{\"race\": [\"asian\", 1, true, null]}";
        Assert.Equal(["race"], Read.Texts("a.json", Text, TokenKind.Key));
        Assert.Equal(["asian"], Read.Texts("a.json", Text, TokenKind.Value));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_string_stands_behind_its_quote(string end)
    {
        var text = string.Join(end, "{", "  \"é族\": \"race\",", "  \"x\": \"y\"", "}");
        Assert.Equal((2, 4), Read.PlaceOf("a.json", text, "é族"));
        Assert.Equal((2, 10), Read.PlaceOf("a.json", text, "race"));
        Assert.Equal((3, 9), Read.PlaceOf("a.json", text, "y"));
    }

    [Fact]
    public void The_column_is_true_far_out_on_a_long_line()
    {
        var text = "[\"" + new string('é', 10_000) + "\", \"race\"]";
        Assert.Equal((1, 10_007), Read.PlaceOf("a.json", text, "race"));
    }

    [Fact]
    public void An_escape_is_resolved() =>
        Assert.Equal(["race"], Read.Texts("a.json", "{\"\\u0072ace\": 1}", TokenKind.Key));

    [Fact]
    public void What_stands_in_the_same_object_has_the_same_group()
    {
        var group = Read.Tokens("a.json", "{\"a\": {\"b\": 1, \"c\": 2}, \"d\": [\"e\", \"f\"]}")
            .ToDictionary(token => token.Text.ToString(), token => token.Group);
        Assert.Equal(group["a"], group["d"]);
        Assert.Equal(group["b"], group["c"]);
        Assert.Equal(group["e"], group["f"]);
        Assert.Equal(3, new[] { group["a"], group["b"], group["e"] }.Distinct().Count());
    }

    [Theory]
    [InlineData("{\"race\": 1}\n{\"age\": 2}\n")]
    [InlineData("{\"race\": 1}{\"age\": 2}")]
    public void Several_values_in_one_file_are_all_read(string text)
    {
        Assert.Null(Read.File("a.jsonl", text).Problem);
        Assert.Equal(["race", "age"], Read.Texts("a.jsonl", text, TokenKind.Key));
    }

    [Fact]
    public void Comments_and_trailing_commas_are_no_problem()
    {
        const string Text = "{ // the race\n  \"a\": 1, /* of\n  the face */\n  \"b\": 2,\n}";
        Assert.Null(Read.File("a.json", Text).Problem);
        Assert.Equal([" the race", " of", "  the face "], Read.Texts("a.json", Text, TokenKind.Comment));
        Assert.Null(Read.Misplaced(Text, Read.Tokens("a.json", Text)));
    }

    [Theory]
    [InlineData("{\"a\": 1,\n \"b\" 'race'}", "line 2")]
    [InlineData("{\"a\": 1,\n race: 2}", "line 2")]
    [InlineData("{\"a\": \"race", "line 1")]
    [InlineData("{\"a\": {{ template }}, \"b\": \"race\"}", "line 1")]
    public void What_follows_an_error_is_read_as_text_and_the_error_is_stated(string text, string line)
    {
        Assert.Contains(line, Read.File("a.json", text).Problem, StringComparison.Ordinal);
        Assert.Contains(Read.Tokens("a.json", text), token => token.Text.Span.StartsWith("race"));
        Assert.Null(Read.Misplaced(text, Read.Tokens("a.json", text)));
    }

    [Fact]
    public void A_lone_surrogate_in_an_escape_is_stated_and_the_rest_is_read()
    {
        const string Text = "{\"a\": \"\\ud800\", \"race\": 1}";
        Assert.NotNull(Read.File("a.json", Text).Problem);
        Assert.Contains("race", Read.Texts("a.json", Text, TokenKind.Literal));
    }

    [Fact]
    public void Nesting_that_is_too_deep_is_stated_and_the_rest_is_read()
    {
        var text = new string('[', 300) + "\"race\"" + new string(']', 300);
        Assert.NotNull(Read.File("a.json", text).Problem);
        Assert.Equal(["race"], Read.Texts("a.json", text, TokenKind.Literal));
    }

    [Theory]
    [InlineData("{\"race\": 1}")]
    [InlineData("  {\n  \"race\": 1}")]
    public void A_file_without_ending_is_known_by_its_content(string text) =>
        Assert.Equal(["race"], Read.Texts("config", text, TokenKind.Key));

    [Fact]
    public void Every_string_of_a_valid_text_is_read_where_it_stands()
    {
        var word = Gen.String[Gen.Char["raceé族 :,{}[]/*#<&'|\t"], 1, 8].Select(text => text.Replace('\t', '_'));
        var entry = Gen.Select(word, word, Gen.OneOf("\n", "\r\n", "\r", " "),
            (key, value, gap) => $"{{\"{key}\":{gap}[\"{value}\"]}}{gap}");
        entry.Array[1, 8].Sample(
            entries =>
            {
                var text = string.Concat(entries);
                var read = Read.File("a.jsonl", text);
                Assert.Null(read.Problem);
                Assert.Equal(2 * entries.Length, read.Passages[0].Tokens.Count);
                Assert.Null(Read.Misplaced(text, read.Passages[0].Tokens));
            },
            seed: "0000Kx9Qw2a1", iter: 500);
    }

    [Fact]
    public void Any_string_written_as_JSON_is_read_as_it_was() =>
        Gen.String[Gen.Char['\u0001', '\uD7FF'], 1, 20].Sample(
            text => Assert.Equal([text], Read.Texts("a.json", JsonSerializer.Serialize(text), TokenKind.Value)),
            seed: "0000Kx9Qw2a1", iter: 500);
}
