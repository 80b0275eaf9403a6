using System.Text;
using CsCheck;
using Untag.Fuzz.Replies;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Tests.Server.Guard.Replies.Json;

/// <summary>Fields that say the trait by their names are taken out without the rest being judged: with the same result.</summary>
public sealed class NamedFieldsTests
{
    [Theory]
    [InlineData("""{"ethnicity":1}""", "{}")]
    [InlineData("""{ "ethnicity" : "asian" }""", "{ }")]
    [InlineData("""{"a":1, "ethnicity":{"value":"ASIAN"}}""", """{"a":1}""")]
    [InlineData("""{"ethnicity":[1,2] , "a":1}""", """{ "a":1}""")]
    [InlineData("""{"a":1,"ethnicity":2,"ethnic_group":3,"b":4}""", """{"a":1,"b":4}""")]
    [InlineData("""{"ethnicity":2,"ethnic_group":3,"b":4,"c":5}""", """{"b":4,"c":5}""")]
    [InlineData("""{"ethnicity":2,"b":4,"ethnic_group":3}""", """{"b":4}""")]
    [InlineData("""{"faces":[{"age":3,"race":"asian"},{"race":"white","age":4}]}""", """{"faces":[{"age":3},{"age":4}]}""")]
    public void Fields_are_cut_out_with_their_commas(string reply, string expected)
    {
        var (isTaken, text, _) = TakeOut(reply);
        Assert.True(isTaken);
        Assert.Equal(expected, text);
        Assert.Equal(expected, Rewritten(reply).Text);
    }

    [Theory]
    [InlineData("""{"race":3,"lap":1}""")] // a contest?
    [InlineData("""{"asian":0.9,"white":0.1}""")]
    [InlineData("""[{"name":"ethnicity","value":3}]""")]
    [InlineData("""{"ethnicity":1,"label":"asian"}""")]
    [InlineData("""{"ethnicity":1,"ethnicity":2}""")]
    [InlineData("""{"a":[1,],"ethnicity":1}""")]
    [InlineData("""{"a":1} {"ethnicity":1}""")]
    [InlineData("""{"ethnicity":""")]
    [InlineData("""{"ethnicity":[1}""")]
    public void Whatever_is_not_said_by_a_name_alone_is_left_to_the_judge(string reply)
    {
        var (isTaken, text, strips) = TakeOut(reply);
        Assert.False(isTaken);
        Assert.Empty(text);
        Assert.Empty(strips);
    }

    [Fact]
    public void One_name_may_stand_in_several_objects()
    {
        const string Reply = """{"faces":[{"ethnicity":1,"x":{"ethnicity":2}},{"ethnicity":3}]}""";
        var (isTaken, text, strips) = TakeOut(Reply);
        Assert.True(isTaken);
        Assert.Equal("""{"faces":[{"x":{}},{}]}""", text);
        Assert.Equal(["faces[].ethnicity 2", "faces[].x.ethnicity 1"], strips);
    }

    [Fact]
    public void What_stands_behind_the_last_one_is_as_it_is()
    {
        var (isTaken, text, _) = TakeOut("""{"x":1,"ethnicity":1,"a":[1,],"b":1,"b":2""");
        Assert.True(isTaken);
        Assert.Equal("""{"x":1,"a":[1,],"b":1,"b":2""", text);
    }

    [Fact]
    public void What_is_only_observed_is_counted_and_stays()
    {
        const string Reply = """{"ethnicity":1,"ethnic_group":2}""";
        var (isTaken, text, strips) = TakeOut(Reply, ReplyMode.Observe);
        Assert.True(isTaken);
        Assert.Equal(Reply, text);
        Assert.Equal(["ethnicity 1", "ethnic_group 1"], strips);
    }

    [Fact]
    public void A_route_that_refuses_tags_refuses_them_here_too() =>
        Assert.Throws<ReplyRefusedException>(() => TakeOut("""{"ethnicity":1}""", ReplyMode.Block));

    [Fact]
    public void Of_random_replies_the_same_goes_that_the_judge_takes()
    {
        var taken = 0;
        Gen.Int[0, 10_000_000].Sample(
            seed =>
            {
                var reply = new RandomReply(3 * seed).Write();
                var (isTaken, text, strips) = TakeOut(reply);
                if (!isTaken)
                    return;
                Assert.Equal(Rewritten(reply), (text, string.Join('\n', strips)));
                Interlocked.Increment(ref taken);
            },
            seed: "0000Kx9Qw2a1",
            iter: 150_000);
        Assert.True(taken > 1_000, $"{taken}");
    }

    private static (bool IsTaken, string Text, List<string> Strips) TakeOut(string reply, ReplyMode mode = ReplyMode.Strip)
    {
        using var pass = new ReplyPass(Filtered.Rules, ReplyLimits.Default, mode);
        var bytes = Encoding.UTF8.GetBytes(reply);
        Span<int> places = stackalloc int[NamedFields.PlacesMax];
        var fields = Filtered.Rules.Search.Find(bytes, places) is { } count and > 0
            ? NamedFields.Find(bytes, places[..count], new PathOfNames(outer: "", schema: null), pass)
            : null;
        if (fields is not null)
            NamedFields.TakeOut(fields, bytes, pass);
        var isTaken = fields is not null;
        return (isTaken, Encoding.UTF8.GetString(pass.Output.Span), StripsOf(pass));
    }

    private static (string Text, string Strips) Rewritten(string reply)
    {
        using var pass = new ReplyPass(Filtered.Rules, ReplyLimits.Default, ReplyMode.Strip);
        WholeDocument.TakeOut(Encoding.UTF8.GetBytes(reply), new JsonSettings(pass));
        return (Encoding.UTF8.GetString(pass.Output.Span), string.Join('\n', StripsOf(pass)));
    }

    private static List<string> StripsOf(ReplyPass pass) => [.. pass.TakeStrips().Select(strip => $"{strip.Where} {strip.Count}")];
}
