namespace Untag.Scan.History;

/// <summary>The next bytes of a longer stream.</summary>
/// <param name="inner">The longer stream.</param>
/// <param name="length">How many bytes.</param>
internal sealed class BoundedStream(Stream inner, long length) : Stream
{
    private long left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads the next bytes.</summary>
    /// <exception cref="EndOfStreamException">The longer stream ends before.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (left == 0 || buffer.IsEmpty)
            return 0;
        var count = inner.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
        if (count == 0)
            throw new EndOfStreamException("it ends in the middle of a file");
        left -= count;
        return count;
    }

    /// <summary>Passes over what nobody wanted.</summary>
    public void ReadToEnd()
    {
        Span<byte> unwanted = stackalloc byte[4096];
        while (Read(unwanted) > 0)
        {
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
