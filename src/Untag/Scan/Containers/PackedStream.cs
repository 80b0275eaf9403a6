namespace Untag.Scan.Containers;

/// <summary>The packed bytes that a decoder reads. Some decoders ask for ever for bytes that never come: this stream
/// answers a few times that there are none, and then ends them.</summary>
/// <param name="packed">The bytes.</param>
/// <param name="budget">Tells when the time is spent.</param>
internal sealed class PackedStream(Stream packed, ReadingBudget budget) : ReadOnlyStream
{
    private const int AnswersAtEnd = 64;

    private long position;
    private int atEnd;

    public override bool CanSeek => packed.CanSeek;

    public override long Length => packed.Length;

    public override long Position
    {
        get => packed.CanSeek ? packed.Position : position;
        set => packed.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
            return 0;
        var count = packed.Read(buffer);
        position += count;
        atEnd = count > 0 ? 0 : atEnd + 1;
        if (atEnd > AnswersAtEnd || !budget.HasTime())
            throw new DamageException(DamageException.Cut);
        return count;
    }
}
