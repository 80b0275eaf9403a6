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

    /// <summary>What the client got, as text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Why the reply was refused.</summary>
    public RefusalReason Reason => Refusal?.Reason ?? throw new InvalidOperationException("the reply was not refused");

    /// <summary>Lets a reply of JSON through.</summary>
    public static Filtered Of(string json) => Of(Json, Encoding.UTF8.GetBytes(json));

    /// <summary>Lets a reply through.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="body">Its body.</param>
    /// <param name="limits">Limits; those of the product without any.</param>
    /// <param name="piece">Bytes that come at once.</param>
    public static Filtered Of(ReplyHead head, byte[] body, ReplyLimits? limits = null, int piece = int.MaxValue)
    {
        using var client = new MemoryStream();
        var strips = new List<Strip>();
        try
        {
            var outcome = new ReplyFilter(Rules, limits ?? ReplyLimits.Default).CopyAsync(
                head,
                new PiecedStream(body, piece),
                client,
                (strip, _) =>
                {
                    strips.Add(strip);
                    return ValueTask.CompletedTask;
                },
                CancellationToken.None).GetAwaiter().GetResult();
            return new Filtered(client.ToArray(), strips, outcome, Refusal: null);
        }
        catch (ReplyRefusedException refused)
        {
            return new Filtered(client.ToArray(), strips, Outcome: null, refused.Refusal);
        }
    }
}
