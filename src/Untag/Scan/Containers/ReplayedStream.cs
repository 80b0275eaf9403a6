namespace Untag.Scan.Containers;

/// <summary>A stream whose first bytes were read already to see what it is: they come once more.</summary>
/// <param name="head">The first bytes.</param>
/// <param name="rest">What follows them.</param>
internal sealed class ReplayedStream(byte[] head, Stream rest) : ReadOnlyStream
{
    private long position;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (position < head.Length)
        {
            count = Math.Min(buffer.Length, head.Length - (int)position);
            head.AsSpan((int)position, count).CopyTo(buffer);
        }
        else
        {
            count = rest.Read(buffer);
        }

        position += count;
        return count;
    }
}
