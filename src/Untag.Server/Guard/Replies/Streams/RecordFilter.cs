using System.Text.Json;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Streams;

/// <summary>Takes the tags out of one record of a stream: a line or an event that is a document of JSON.</summary>
/// <param name="settings">What it is judged with.</param>
internal sealed class RecordFilter(JsonSettings settings)
{
    private readonly ReplyPass pass = settings.Pass;

    /// <summary>The record without its tags; null when it is no JSON.</summary>
    /// <param name="json">The record.</param>
    /// <exception cref="ReplyRefusedException">It must not pass, and neither must what follows.</exception>
    public byte[]? Filter(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            return null;
        if (!settings.MustBeParsed && pass.Rules.Search.IsClean(json))
            return IsJson(json) ? json.ToArray() : null;
        using var inner = pass.Inner();
        try
        {
            WholeDocument.TakeOut(json, settings with { Pass = inner });
        }
        catch (ReplyRefusedException refused) when (refused.Refusal.Reason == RefusalReason.Malformed)
        {
            return null;
        }

        pass.TakeOver(inner);
        return inner.Output.Span.ToArray();
    }

    // A client that reads more than JSON would put other pieces together than those that are read here.
    private bool IsJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = pass.Limits.Depth });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
