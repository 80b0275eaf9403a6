using System.Text;
using CsCheck;
using Untag.Fuzz.Replies;
using Untag.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard.Replies.Json;

/// <summary>Replies of which no more than a little is held at a time.</summary>
public sealed class LargeRepliesTests
{
    private static readonly ReplyLimits Tight = ReplyLimits.Default with { HoldBytes = 40 };

    private static readonly string Long = new('x', 50);

    [Fact]
    public void Elements_of_a_long_list_are_judged_one_by_one() =>
        Assert.Equal(
            $$"""{"faces":[{"a":"{{Long}}"},{"b":1},{"c":2}],"id":7}""",
            Of($$"""{"faces":[{"a":"{{Long}}"},{"b":1,"race":2},{"race":3,"c":2}],"id":7}""").Text);

    [Fact]
    public void A_field_that_must_go_goes_however_large_it_is() =>
        Assert.Equal(
            $$"""{"a":"{{Long}}","id":7}""",
            Of($$"""{"a":"{{Long}}","race":{"list":["{{Long}}",{"deep":["{{Long}}"]}],"x":1},"id":7}""").Text);

    [Fact]
    public void The_first_field_of_a_large_object_can_go() =>
        Assert.Equal($$"""{"a":"{{Long}}"}""", Of($$"""{"race":[1,2,"{{Long}}"],"a":"{{Long}}"}""").Text);

    [Fact]
    public void A_large_element_that_says_first_what_it_is_goes_and_one_that_says_it_last_ends_the_reply()
    {
        Assert.Equal("""{"tags":[{"id":1}]}""", Of($$"""{"tags":[{"name":"race","value":["{{Long}}",2]},{"id":1}]}""").Text);
        var late = Of($$"""{"tags":[{"value":["{{Long}}",2],"name":"race"},{"id":1}]}""");
        Assert.Equal(RefusalReason.TagInLargeValue, late.Reason);
        Assert.DoesNotContain("\"id\"", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_was_released_as_a_colour_ends_the_reply_when_it_was_a_group()
    {
        var sure = Of($$"""{"a":"{{Long}}","asian":0.9,"black":0.1,"z":1}""");
        Assert.Equal($$"""{"a":"{{Long}}","z":1}""", sure.Text);
        Assert.Equal(RefusalReason.TagInLargeValue, Of($$"""{"a":"{{Long}}","black":0.1,"asian":0.9,"z":1}""").Reason);
    }

    [Fact]
    public void The_same_parts_go_wherever_a_large_reply_is_cut()
    {
        var reply = Encoding.UTF8.GetBytes(
            $$$"""{"faces":[{"a":"{{{Long}}}"},{"b":1,"race":{"x":["{{{Long}}}"]}},{"race":3,"c":"\u0072\n"}],"ethnicity":7}""");
        var whole = Filtered.Of(Filtered.Json, reply, Tight);
        Assert.DoesNotContain("race", whole.Text, StringComparison.Ordinal);
        for (var piece = 1; piece < reply.Length; piece++)
            Assert.Equal(whole.Text, Filtered.Of(Filtered.Json, reply, Tight, piece).Text);
    }

    // What is held decides about shapes that need a whole object; names go in any case.
    [Fact]
    public void Random_replies_lose_every_field_named_after_a_trait_or_end() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new RandomReply(seed);
                var reply = Encoding.UTF8.GetBytes(random.Write());
                var filtered = Filtered.Of(Filtered.Json, reply, Tight, piece: 7);
                var whole = Filtered.Of(Filtered.Json, reply, Tight);
                Assert.Equal(whole.Refusal?.Reason, filtered.Refusal?.Reason);
                if (filtered.Refusal is not null)
                    return;
                Assert.Equal(whole.Text, filtered.Text);
                // A pair can begin with the name only after what stood before it went.
                Assert.DoesNotContain(
                    Filtered.Of(Filtered.Json, filtered.Bytes, Tight).Strips,
                    strip => strip.Rules.Contains("UT0103") && !strip.Where.EndsWith("[]", StringComparison.Ordinal));
            },
            seed: "0000Kx9Qw2a1",
            iter: 10_000);

    // With a list of tensors that no reply here has, everything is judged.
    [Fact]
    public void What_passes_unjudged_is_what_the_judge_lets_pass()
    {
        var judged = Filtered.Json with { Tensors = new HashSet<string>() };
        var (stripped, refused) = (0, 0);
        Gen.Int[0, 10_000_000].Select(Gen.Int[20, 200], Gen.Int[1, 60]).Sample(
            (seed, hold, piece) =>
            {
                var reply = Encoding.UTF8.GetBytes($$"""{"faces":[{{new RandomReply(seed).Write()}},{{new RandomReply(seed + 1).Write()}}],"x":{{new RandomReply(seed + 2).Write()}}}""");
                var limits = ReplyLimits.Default with { HoldBytes = hold };
                var expected = Filtered.Of(judged, reply, limits, piece);
                var filtered = Filtered.Of(Filtered.Json, reply, limits, piece);
                Assert.Equal((expected.Refusal?.Reason, expected.Refusal?.Words), (filtered.Refusal?.Reason, filtered.Refusal?.Words));
                Assert.Equal(expected.Text, filtered.Text);
                Assert.Equal(expected.Strips.Select(ToText).Order(), filtered.Strips.Select(ToText).Order());
                Interlocked.Add(ref stripped, filtered.Strips.Count);
                Interlocked.Add(ref refused, filtered.Refusal is null ? 0 : 1);
            },
            seed: "0000Kx9Qw2a1",
            iter: 50_000);
        Assert.True(stripped > 10_000 && refused > 1_000, $"{stripped} {refused}");

        static string ToText(Strip strip) => $"{strip.Where} {strip.Count} {string.Join(' ', strip.Rules)}";
    }

    private static Filtered Of(string reply) => Filtered.Of(Filtered.Json, Encoding.UTF8.GetBytes(reply), Tight);
}
