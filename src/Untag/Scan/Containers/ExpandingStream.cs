namespace Untag.Scan.Containers;

/// <summary>What a decoder unpacks. It ends when its expansion costs too much.</summary>
/// <param name="unpacked">The decoder.</param>
/// <param name="budget">What is left.</param>
internal sealed class ExpandingStream(Stream unpacked, ReadingBudget budget) : ReadOnlyStream
{
    private long position;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (budget.Exceeded is not null)
            return 0;
        var count = Decoding.Read(unpacked, buffer);
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
