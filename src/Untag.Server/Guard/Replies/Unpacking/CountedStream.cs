namespace Untag.Server.Guard.Replies.Unpacking;

/// <summary>Counts what is read of a body, and remembers what went wrong with reading it.</summary>
/// <param name="body">The body; it is left open.</param>
internal sealed class CountedStream(Stream body) : BodyStream
{
    private byte[] peeked = [];

    /// <summary>Bytes read.</summary>
    public long Count { get; private set; }

    /// <summary>What the body threw; null as long as it threw nothing.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>Reads the first bytes, which will be read again.</summary>
    /// <returns>As many as were asked for, or fewer at the end of the body.</returns>
    public async ValueTask<byte[]> PeekAsync(int bytes, CancellationToken cancellation)
    {
        var first = new byte[bytes];
        var read = 0;
        while (read < bytes && await ReadAsync(first.AsMemory(read), cancellation) is var more and > 0)
            read += more;
        Count -= read;
        peeked = first[..read];
        return peeked;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (peeked.Length > 0)
        {
            var again = Math.Min(peeked.Length, buffer.Length);
            peeked.AsSpan(0, again).CopyTo(buffer.Span);
            peeked = peeked[again..];
            Count += again;
            return again;
        }

        try
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            Count += read;
            return read;
        }
        catch (Exception problem)
        {
            Problem = problem;
            throw;
        }
    }
}
