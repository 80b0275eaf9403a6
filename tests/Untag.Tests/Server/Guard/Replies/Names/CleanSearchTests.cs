using System.Text;
using CsCheck;
using Untag.Fuzz.Replies;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Tests.Server.Guard.Replies.Names;

/// <summary>The search only saves time: what it lets pass, the whole way lets pass as well.</summary>
public sealed class CleanSearchTests
{
    private static readonly string[] Terms = [.. Filtered.Rules.Vocabulary.Terms.Select(term => term.Text.TrimEnd('*'))];

    private static readonly string[] Company =
        [.. Terms, .. Filtered.Rules.Vocabulary.Words.Select(word => word.Text), .. ReplyVocabulary.WordsOf(Filtered.Rules.Vocabulary.Policy, "rest")];

    private static readonly string[] Fields = ["name", "label", "value", "type", "content", "id", "choices", "text"];

    private static readonly Func<string, int, string>[] Spellings =
    [
        (term, _) => term,
        (term, _) => term.ToUpperInvariant(),
        (term, _) => term.Replace(' ', '_'),
        (term, _) => term.Replace(" ", "", StringComparison.Ordinal),
        (term, _) => string.Join('_', term.AsEnumerable()),
        (term, at) => term.Insert(at % term.Length, "-"),
        (term, at) => term.Insert(at % term.Length, "."),
        (term, at) => string.Concat(term.Select((c, i) => (i + at) % 2 == 0 ? char.ToUpperInvariant(c) : c)),
        (term, _) => "x" + term,
        (term, _) => "face" + term + "Score",
        (term, _) => "is_" + term,
        (term, _) => "top 1 " + term,
        (term, _) => string.Concat(term.Split(' ').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..])),
    ];

    private static readonly Func<string, string, string>[] Shapes =
    [
        (field, word) => $$"""{"{{word}}":1}""",
        (field, word) => $$"""[{"{{field}}":"{{word}}","score":0.9}]""",
        (field, word) => $$"""{"{{field}}":"{{word}}"}""",
        (field, word) => $$"""{"{{field}}":["{{word}}"]}""",
        (field, word) => $$"""[["{{word}}",1]]""",
        (field, word) => $$"""{"choices":[{"message":{"content":"the person is {{word}}, I think"} }]}""",
        (field, word) => $"\"{word}\"",
    ];

    [Fact]
    public void Nothing_passes_unparsed_that_would_have_been_taken_out() =>
        Gen.Select(AnyOf(Terms), AnyOf(Spellings), AnyOf(Shapes), AnyOf(Fields), Gen.Int[0, 100])
            .Sample(
                (term, spelling, shape, field, at) =>
                    AssertNothingIsLost(shape(field, spelling(term, at).Replace("\"", "", StringComparison.Ordinal))),
                seed: "0000Kx9Qw2a1",
                iter: 100_000);

    [Fact]
    public void Nothing_passes_unparsed_of_random_replies() =>
        Gen.Int.Sample(seed => AssertNothingIsLost(new RandomReply(seed).Write()), seed: "0000Kx9Qw2a1", iter: 20_000);

    [Fact]
    public void What_bears_on_the_labels_beside_it_is_met() =>
        Gen.Select(AnyOf(Company), AnyOf(Spellings), Gen.Int[0, 100])
            .Sample(
                (word, spelling, at) =>
                {
                    var label = Encoding.UTF8.GetBytes(spelling(word, at));
                    if (Filtered.Rules.Vocabulary.Company.IsClean(label))
                        Assert.False(Filtered.Rules.Words.Of(label).Is(WordRoles.Company), spelling(word, at));
                },
                seed: "0000Kx9Qw2a1",
                iter: 100_000);

    private static readonly string[] Begun = ["{", "[", "[[", "[{", "{ ", "[ ", " {", "\n[", "\t\r\n{", "[1,[", "[-2,{", "[true,{", "[null,{", "[false,{", "\uFEFF{"];

    private static readonly string[] Before =
        ["", " ", "  ", "data:application/json;base64,", "DATA:text/x-base64;BASE64,", "data:" + new string('a', 100) + ";base64,"];

    [Fact]
    public void JSON_in_base64_is_met_and_read_whatever_it_begins_with() =>
        Gen.Select(AnyOf(Begun), AnyOf([" ", "\n", "\t", "\r\n", ""]), Gen.Char, AnyOf(Before), Gen.Bool)
            .Sample(
                (begun, blank, next, before, isOfWeb) =>
                {
                    var packed = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{begun}{blank}\"{next}race\":1"));
                    var text = Encoding.UTF8.GetBytes(before + (isOfWeb ? packed.Replace('+', '-').Replace('/', '_').TrimEnd('=') : packed));
                    Assert.True(PackedJson.MayBegin(text), packed);
                    Assert.Single(PackedJson.Read(text));
                    Assert.False(Filtered.Rules.Search.IsClean([.. "{\"a\":\""u8, .. text, .. "\"}"u8]), packed);
                },
                seed: "0000Kx9Qw2a1",
                iter: 20_000);

    [Fact]
    public void A_text_that_may_be_packed_is_never_clean() =>
        Gen.String[Gen.Char["eEwWyY1 3zZ7uisICDdtab64;,+/\t"], 1, 30].Sample(
            text =>
            {
                foreach (var way in new[] { text, "data:" + text, "data:;base64," + text, "e" + text, "W" + text })
                {
                    var quoted = Encoding.UTF8.GetBytes($"\"{way.Replace("\t", "", StringComparison.Ordinal)}\"");
                    if (PackedJson.MayBegin(quoted.AsSpan(1)))
                        Assert.False(Filtered.Rules.Search.IsClean(quoted), way);
                }
            },
            seed: "0000Kx9Qw2a1",
            iter: 100_000);

    [Theory]
    [InlineData("""{"faces":[{"face_token":"c1","face_rectangle":{"top":1},"attributes":{"age":{"value":31},"gender":{"value":"Female"}}}]}""", true)]
    [InlineData("""{"request_id":"1","trace":"a","url":"https://example.com/?a=1&b=2%20c","hair":"black"}""", true)]
    [InlineData("""{"race":1}""", false)]
    [InlineData("""{"r a c e":1}""", false)]
    [InlineData("""{"faceRace":1}""", false)]
    [InlineData("""{"faceethnicityscore":1}""", false)]
    [InlineData("""{"a":"\u0072"}""", false)]
    [InlineData("""{"a":"&#114;ace"}""", false)]
    [InlineData("""{"a":"%72ace"}""", false)]
    [InlineData("""{"a":"WwogIHsicmFjZSI6ICJ4NyJ9Cl0="}""", false)]
    [InlineData("""{"data":"data:application/json;base64,eyJhIjoxfQ"}""", false)]
    [InlineData("""{"data":"data:image/jpeg;base64,/9j/4AAQSkZJRg","date":"2026","wye":"eyeglasses"}""", true)]
    [InlineData("""{"a":"é"}""", false)]
    [InlineData("{\0\"\0r\0a\0c\0e\0\"\0:\01\0}", false)]
    public void Only_plain_ASCII_without_a_spelling_of_the_policy_is_clean(string reply, bool isClean) =>
        Assert.Equal(isClean, Filtered.Rules.Search.IsClean(Encoding.UTF8.GetBytes(reply)));

    [Fact]
    public void A_clean_reply_passes_even_where_names_stand_twice() =>
        Assert.Equal("""{"a":1,"a":2}""", Filtered.Of("""{"a":1,"a":2}""").Text);

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"race":1}""", "race")]
    [InlineData("""{"age":{"value":31},"gender":"Female","smile":{"value":12.5},"faceRace":{"value":"ASIAN"},"glasses":"None"}""", "Race", "ASIAN")]
    [InlineData("""{"r a-c_e":1,"x":"eyJhIjoxfQ"}""", "r a-c_e", "\"eyJ")]
    public void It_says_where_a_spelling_begins(string reply, params string[] spellings)
    {
        Span<int> places = stackalloc int[8];
        var count = Filtered.Rules.Search.Find(Encoding.UTF8.GetBytes(reply), places);
        Assert.Equal(spellings.Select(spelling => reply.IndexOf(spelling, StringComparison.Ordinal)), places[..count!.Value].ToArray());
    }

    [Fact]
    public void It_says_nothing_where_there_is_no_room_for_all_places() =>
        Assert.Null(Filtered.Rules.Search.Find("""{"race":1,"ethnicity":2}"""u8, stackalloc int[1]));

    private static Gen<T> AnyOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void AssertNothingIsLost(string reply)
    {
        var bytes = Encoding.UTF8.GetBytes(reply);
        if (!Filtered.Rules.Search.IsClean(bytes))
            return;
        using var pass = new ReplyPass(Filtered.Rules, ReplyLimits.Default, ReplyMode.Strip);
        WholeDocument.TakeOut(bytes, new JsonSettings(pass));
        Assert.Empty(pass.TakeStrips());
        Assert.Equal(reply, Encoding.UTF8.GetString(pass.Output.Span));
    }
}
