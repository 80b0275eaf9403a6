using Untag.Scan.Timing;

namespace Untag.Scan.Containers;

/// <summary>The bytes of a file, which end when the time for it is spent or another limit was met: whoever reads on, in
/// however many steps, comes to an end.</summary>
/// <param name="content">The bytes.</param>
/// <param name="budget">Tells when the time is spent, and says so in the report.</param>
internal sealed class TimedStream(Stream content, ReadingBudget budget) : ReadOnlyStream
{
    /// <summary>The bytes without an end to their time.</summary>
    public Stream Content => content;

    public override bool CanSeek => content.CanSeek;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => content.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        using var stage = new InStage(budget.Clock, content is FileStream ? Stage.Opening : Stage.Unpacking);
        return budget.HasTime() ? content.Read(buffer) : 0;
    }
}
