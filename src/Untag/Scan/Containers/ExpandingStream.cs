namespace Untag.Scan.Containers;

/// <summary>What a decoder unpacks. It ends when its expansion costs too much.</summary>
/// <param name="unpacked">The decoder.</param>
/// <param name="budget">What is left.</param>
internal sealed class ExpandingStream(Stream unpacked, ReadingBudget budget) : ReadOnlyStream
{
    private const int PieceBytes = 64 * 1024; // a slow decoder must not fill a large buffer before it is asked for the time

    private long position;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (!budget.HasTime())
            return 0;
        var count = Decoding.Read(unpacked, buffer[..Math.Min(buffer.Length, PieceBytes)]);
        position += count;
        budget.TakeBytes(count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Decoding.Close(unpacked);
        base.Dispose(disposing);
    }
}
