using System.Text;
using Untag.Policy;
using Untag.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard.Replies;

/// <summary>What became of a reply on its way through the filter.</summary>
/// <param name="Bytes">What the client got.</param>
/// <param name="Strips">What was logged.</param>
/// <param name="Outcome">What the filter returned; null when it refused.</param>
/// <param name="Refusal">Why it refused; null when it did not.</param>
internal sealed record Filtered(byte[] Bytes, IReadOnlyList<Strip> Strips, ReplyOutcome? Outcome, Refusal? Refusal)
{
    public static readonly ReplyRules Rules = ReplyRules.Of(TagPolicy.Default);

    public static readonly ReplyHead Json = new() { MediaType = "application/json" };

    private const int WholeBytesMax = 64 << 10;

    /// <summary>What the client got, as text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Why the reply was refused.</summary>
    public RefusalReason Reason => Refusal?.Reason ?? throw new InvalidOperationException("the reply was not refused");

    /// <summary>Lets a reply of JSON through.</summary>
    public static Filtered Of(string json) => Of(Json, Encoding.UTF8.GetBytes(json));

    /// <summary>Lets a reply through, as it comes and, when it is small, as a whole: that makes no difference.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="body">Its body.</param>
    /// <param name="limits">Limits; those of the product without any.</param>
    /// <param name="piece">Bytes that come at once.</param>
    public static Filtered Of(ReplyHead head, byte[] body, ReplyLimits? limits = null, int piece = int.MaxValue)
    {
        var filter = new ReplyFilter(Rules, limits ?? ReplyLimits.Default);
        var streamed = Of((client, onStrip) => filter.CopyAsync(head, new PiecedStream(body, piece), client, onStrip, CancellationToken.None)!);
        if (body.Length > WholeBytesMax)
            return streamed;
        var whole = Of(async (client, onStrip) =>
        {
            client.Write((await filter.FilterAsync(head, body, onStrip, CancellationToken.None)).Span);
            return null;
        });
        Assert.Equal(streamed.Refusal?.Reason, whole.Refusal?.Reason);
        if (whole.Refusal is null)
        {
            Assert.Equal(streamed.Bytes, whole.Bytes);
            Assert.Equal(Sums(streamed), Sums(whole));
        }

        return streamed;
    }

    private static Filtered Of(Func<MemoryStream, Func<Strip, CancellationToken, ValueTask>, Task<ReplyOutcome?>> filter)
    {
        using var client = new MemoryStream();
        var strips = new List<Strip>();
        try
        {
            var outcome = filter(client, (strip, _) =>
            {
                strips.Add(strip);
                return ValueTask.CompletedTask;
            }).GetAwaiter().GetResult();
            return new Filtered(client.ToArray(), strips, outcome, Refusal: null);
        }
        catch (ReplyRefusedException refused)
        {
            return new Filtered(client.ToArray(), strips, Outcome: null, refused.Refusal);
        }
    }

    private static List<(string Rule, string Where, int Count)> Sums(Filtered filtered) =>
        [.. filtered.Strips.GroupBy(strip => (Rule: strip.Rules.Single(), strip.Where))
            .Select(group => (group.Key.Rule, group.Key.Where, group.Sum(strip => strip.Count))).Order()];
}
