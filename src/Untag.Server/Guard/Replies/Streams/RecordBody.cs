using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Streams;

/// <summary>A reply that is a stream of records, each judged for itself.</summary>
/// <param name="settings">What they are judged with.</param>
internal abstract class RecordBody(JsonSettings settings) : BodyFilter
{
    private readonly HeldBytes held = new();
    private int searched;

    public override bool IsLive => true;

    protected ReplyPass Pass { get; } = settings.Pass;

    protected RecordFilter Filter { get; } = new(settings with { LeavesAnswers = true });

    protected HeldAnswers Answers { get; } = new(settings);

    public override void Take(ReadOnlySpan<byte> bytes)
    {
        held.Add(bytes);
        var start = 0;
        while (EndOfRecord(held.Span, start, Math.Max(start, searched)) is var end and > 0)
        {
            Record(held[start..end]);
            start = end;
        }

        held.RemoveFirst(start);
        searched = held.Length;
        if (held.Length > Pass.Limits.TokenBytes)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds a record of more than {Pass.Limits.TokenBytes} bytes");
    }

    public override void End()
    {
        if (held.Length > 0)
            Record(held.Span);
        Answers.Release();
    }

    public override void Dispose() => held.Dispose();

    /// <summary>Where the record ends that begins at an index; -1 when its end has not come yet.</summary>
    /// <param name="bytes">All bytes.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="searched">Up to where no end was found before.</param>
    protected abstract int EndOfRecord(ReadOnlySpan<byte> bytes, int start, int searched);

    /// <summary>Takes a record with its end.</summary>
    protected abstract void Record(ReadOnlySpan<byte> record);
}
