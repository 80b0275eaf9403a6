using System.Text;
using System.Text.Json;
using CsCheck;
using Untag.Fuzz.Replies;
using Untag.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard.Replies.Json;

public sealed class JsonRewriterTests
{
    [Theory]
    [InlineData("""{ "a" : 1 , "race" : 2 , "b" : 3 }""", """{ "a" : 1 , "b" : 3 }""")]
    [InlineData("""{ "race" : 2 , "b" : 3 }""", """{ "b" : 3 }""")]
    [InlineData("""{ "b" : 3 , "race" : 2 }""", """{ "b" : 3 }""")]
    [InlineData("""{ "race" : 2 }""", """{ }""")]
    [InlineData("""{ "race" : 2 , "ethnicity" : [ 1 ] , "a" : [ ] }""", """{ "a" : [ ] }""")]
    [InlineData("\t{\"a\":1.50,\r\n\"race\":0}\n", "\t{\"a\":1.50}\n")]
    public void What_is_left_is_the_same_bytes_with_commas_where_they_belong(string reply, string expected) =>
        Assert.Equal(expected, Filtered.Of(reply).Text);

    [Fact]
    public void The_place_is_logged_by_names_alone()
    {
        var strips = Filtered.Of(
            """{"people":{"Jane Doe":[{"race":"x"},{"race":"y"}]},"attributes":{"asian":0.9,"black":0.1}}""").Strips;
        Assert.Equal(
            [("UT0103", 2, "people.*[].race"), ("UT0101", 2, "attributes.*")],
            strips.Select(strip => (strip.Rules.Single(), strip.Count, strip.Where)));
    }

    [Fact]
    public void A_reply_in_pieces_becomes_the_same_wherever_it_is_cut()
    {
        foreach (var shape in ShapesTests.Shapes)
        {
            var body = Encoding.UTF8.GetBytes(shape.Data.Item2);
            for (var piece = 1; piece <= body.Length; piece++)
                Assert.Equal(shape.Data.Item3, Filtered.Of(Filtered.Json, body, limits: null, piece).Text);
        }
    }

    [Fact]
    public void Random_replies_become_what_a_slow_and_simple_filter_makes_of_them() =>
        Gen.Int.Sample(seed => Assert.Null(ReplyComparison.Compare(seed)), seed: "0000Kx9Qw2a1", iter: 30_000);

    // A text that holds JSON stood before the label that speaks of food: it is no label, and the one behind it counts.
    [Fact]
    public void A_text_that_holds_JSON_is_no_label() => Assert.Null(ReplyComparison.Compare(18181252));

    [Theory]
    [InlineData("""{"a":1,"a":2,"race":3}""", RefusalReason.DuplicateName)]
    [InlineData("""{"a":1,"\u0061":2,"race":3}""", RefusalReason.DuplicateName)]
    [InlineData("""{"race":1} {"race":2}""", RefusalReason.Malformed)]
    [InlineData("""{"race":NaN}""", RefusalReason.Malformed)]
    [InlineData("""{"race":1,}""", RefusalReason.Malformed)]
    [InlineData("""{"race":1""", RefusalReason.Malformed)]
    [InlineData("""{/* race */"a":1}""", RefusalReason.Malformed)]
    [InlineData("""{race:1}""", RefusalReason.Malformed)]
    [InlineData("""{"a":"\ud800","race":1}""", RefusalReason.Charset)]
    [InlineData("""{"\udc00":1,"race":1}""", RefusalReason.Charset)]
    public void What_a_client_could_read_in_another_way_is_refused(string reply, RefusalReason reason)
    {
        var filtered = Filtered.Of(reply);
        Assert.Equal(reason, filtered.Reason);
        Assert.Empty(filtered.Bytes);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused()
    {
        byte[] overlong = [.. "{\""u8, 0xC1, 0xB2, .. "ace\":1}"u8]; // r in two bytes
        Assert.Equal(RefusalReason.Charset, Filtered.Of(Filtered.Json, overlong).Reason);
    }

    [Fact]
    public void UTF_16_and_UTF_32_are_refused_with_and_without_a_mark()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(true, true) })
        {
            var body = encoding.GetBytes("""{"race":1}""");
            Assert.Equal(RefusalReason.Charset, Filtered.Of(Filtered.Json, body).Reason);
            Assert.Equal(RefusalReason.Charset, Filtered.Of(Filtered.Json, [.. encoding.GetPreamble(), .. body]).Reason);
        }
    }

    [Fact]
    public void A_byte_order_mark_of_UTF_8_stays() =>
        Assert.Equal("\uFEFF{}", Filtered.Of("\uFEFF{\"race\":1}").Text);

    [Fact]
    public void No_content_is_nothing_to_inspect() => Assert.Empty(Filtered.Of("").Bytes);

    [Fact]
    public void Depth_names_and_length_have_limits()
    {
        var deep = new string('[', 65) + "\"race\"" + new string(']', 65);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(deep).Reason);
        Assert.Equal(deep[1..^1], Filtered.Of(deep[1..^1]).Text);
        var tight = ReplyLimits.Default with { Names = 3, TokenBytes = 20, TotalBytes = 60 };
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Filtered.Json, """{"a":1,"b":2,"c":3,"race":4}"""u8.ToArray(), tight).Reason);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Filtered.Json, """{"race":"aaaaaaaaaaaaaaaaaaaaaaaaa"}"""u8.ToArray(), tight).Reason);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Filtered.Json, Encoding.UTF8.GetBytes($"[{new string(' ', 70)}]"), tight).Reason);
    }

    [Fact]
    public void A_route_that_blocks_refuses_and_one_that_observes_counts()
    {
        var body = """{"race":1,"age":2}"""u8.ToArray();
        var blocked = Filtered.Of(Filtered.Json with { Mode = ReplyMode.Block }, body);
        Assert.Equal((RefusalReason.Tag, "UT0103", 0), (blocked.Reason, blocked.Refusal!.Rules.Single(), blocked.Bytes.Length));
        var observed = Filtered.Of(Filtered.Json with { Mode = ReplyMode.Observe }, body);
        Assert.Equal(body, observed.Bytes);
        Assert.Equal((ReplyVerdict.Stripped, 1), (observed.Outcome!.Verdict, observed.Outcome.StripsByRule["UT0103"]));
    }

    [Fact]
    public void What_is_written_is_valid_JSON_whatever_is_taken_out()
    {
        foreach (var shape in ShapesTests.Shapes)
            JsonDocument.Parse(Filtered.Of(shape.Data.Item2).Text).Dispose();
    }
}
