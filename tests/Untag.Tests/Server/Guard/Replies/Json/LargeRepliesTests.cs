using System.Text;
using System.Text.Json;
using CsCheck;
using Untag.Fuzz.Replies;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;

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

    [Fact]
    public void Of_the_answers_of_a_long_list_the_words_that_could_mean_a_colour_go_with_a_group()
    {
        Assert.Equal(
            $$"""{"faces":[{"id":1,"a":"{{Long}}"},{"id":2},{"id":3}]}""",
            Of($$"""{"faces":[{"id":1,"a":"{{Long}}","guess":"asian"},{"id":2,"guess":"white"},{"id":3,"guess":"black"}]}""").Text);
        Assert.Equal(RefusalReason.TagInLargeValue, Of($$"""{"faces":[{"id":1,"a":"{{Long}}"},{"id":2,"guess":"white"},{"id":3,"guess":"asian"}]}""").Reason);
        var cars = $$"""{"cars":[{"id":1,"a":"{{Long}}","paint":"black"},{"id":2,"paint":"white"},{"id":3,"paint":"black"}]}""";
        Assert.Equal(cars, Of(cars).Text);
    }

    [Fact]
    public void What_is_held_of_a_list_is_told_together_before_any_of_it_is_released() =>
        Assert.Equal(
            $$"""[{"id":1},{"id":2},{"a":"{{Long}}"}]""",
            Of($$"""[{"id":1,"x":"white"},{"id":2,"x":"asian"},{"a":"{{Long}}"}]""", ReplyLimits.Default with { HoldBytes = 90 }).Text);

    [Fact]
    public void A_label_that_comes_when_the_beginning_of_its_element_has_gone_ends_the_reply()
    {
        Assert.Equal(
            RefusalReason.TagInLargeValue, Of($$"""[{"label":"asian","score":0.1},{"crop":"{{Long}}","label":"black","score":0.9}]""").Reason);
        Assert.Equal(
            RefusalReason.TagInLargeValue, Of($$"""[{"crop":"{{Long}}","label":"black","score":0.9},{"label":"asian","score":0.1}]""").Reason);
        var colours = $$"""[{"label":"white","score":0.1},{"crop":"{{Long}}","label":"black","score":0.9}]""";
        Assert.Equal(colours, Of(colours).Text);
    }

    [Fact]
    public void A_large_pair_goes_when_it_begins_with_the_trait_or_with_a_group()
    {
        Assert.Equal("""[["age",31]]""", Of($$"""[["age",31],["race","x","{{Long}}"]]""").Text);
        Assert.Equal("""{"a":[["age",31]]}""", Of($$$"""{"a":[["age",31],["race",{"v":"x","pad":"{{{Long}}}"}]]}""").Text);
        var zeros = new string('0', 50);
        Assert.Equal("""[["age",31]]""", Of($$"""[["age",31],["asian",0.9{{zeros}}]]""").Text);
        Assert.Equal(RefusalReason.TagInLargeValue, Of($$"""[["black",0.9{{zeros}}],["asian",0.1]]""").Reason);
    }

    [Fact]
    public void The_pieces_of_an_answer_go_with_it()
    {
        static string Answered(string content, string rest) =>
            $$$"""{"choices":[{"message":{"content":"{{{content}}}"},"pad":"{{{Long}}}"{{{rest}}}}]}""";
        const string Pieces = ""","logprobs":{"t":["As","ian"]}""";
        Assert.Equal(Answered("", ""), Of(Answered("An asian man.", Pieces)).Text);
        Assert.Equal(Answered("A man.", Pieces), Of(Answered("A man.", Pieces)).Text);
        Assert.Equal(
            RefusalReason.TagInLargeValue,
            Of($$$"""{"choices":[{"pad":"{{{Long}}}","logprobs":{"t":["As","ian"]},"message":{"content":"An asian man."}}]}""").Reason);
    }

    [Fact]
    public void The_word_for_all_others_goes_with_two_groups_or_ends_the_reply()
    {
        Assert.Equal(RefusalReason.TagInLargeValue, Of($$"""{"other":0.7,"a":"{{Long}}","asian":0.1,"black":0.2}""").Reason);
        Assert.Equal($$"""{"other":0.7,"a":"{{Long}}"}""", Of($$"""{"other":0.7,"a":"{{Long}}","asian":0.1}""").Text);
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

    // Lists of numbers are left aside: beside labels that went they may stay.
    [Fact]
    public void No_word_of_a_trait_or_a_group_passes_of_a_large_reply_that_does_not_pass_of_a_whole_one()
    {
        var passed = 0;
        Gen.Int[0, 10_000_000].Select(Gen.Int[20, 200], Gen.Int[1, 60]).Sample(
            (seed, hold, piece) =>
            {
                var reply = Encoding.UTF8.GetBytes($$"""{"faces":[{{new RandomReply(seed).Write()}},{{new RandomReply(seed + 1).Write()}}],"x":{{new RandomReply(seed + 2).Write()}}}""");
                var whole = Filtered.Of(Filtered.Json, reply, ReplyLimits.Default);
                var filtered = Filtered.Of(Filtered.Json, reply, ReplyLimits.Default with { HoldBytes = hold }, piece);
                if (whole.Refusal is not null || filtered.Refusal is not null || ListsNumbers(reply))
                    return;
                var kept = WordsOf(whole.Bytes);
                foreach (var (word, count) in WordsOf(filtered.Bytes))
                    Assert.True(count <= kept.GetValueOrDefault(word), $"{word}\n{Encoding.UTF8.GetString(reply)}\n{whole.Text}\n{filtered.Text}");
                Interlocked.Increment(ref passed);
            },
            seed: "0000Kx9Qw2a1",
            iter: 50_000);
        Assert.InRange(passed, 10_000, 50_000);
    }

    private static bool ListsNumbers(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        for (var before = JsonTokenType.None; reader.Read(); before = reader.TokenType)
        {
            if (before == JsonTokenType.StartArray && reader.TokenType == JsonTokenType.Number)
                return true;
        }

        return false;
    }

    // Names and texts that bear on a trait, but for texts that hold JSON.
    private static Dictionary<string, int> WordsOf(ReadOnlySpan<byte> json)
    {
        const WordRoles Bearing = WordRoles.Group | WordRoles.SureGroup | WordRoles.Rest | WordRoles.TraitField | WordRoles.TraitLabel;
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String))
                continue;
            var (text, bytes) = (reader.GetString()!, Encoding.UTF8.GetBytes(reader.GetString()!));
            if (!TextJudge.IsJson(bytes) && Filtered.Rules.Words.Of(bytes).Is(Bearing))
                words[text] = words.GetValueOrDefault(text) + 1;
        }

        return words;
    }

    private static Filtered Of(string reply, ReplyLimits? limits = null) => Filtered.Of(Filtered.Json, Encoding.UTF8.GetBytes(reply), limits ?? Tight);
}
