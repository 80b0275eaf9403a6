namespace Untag.Scan.Containers.Codecs;

/// <summary>Turns bytes back into what they were before they were made easier to pack.</summary>
/// <param name="bytes">The bytes, from the first of those at hand; they change in place.</param>
/// <param name="position">How many bytes stood before them.</param>
/// <returns>How many are done. The others come again, with those that follow them.</returns>
internal delegate int Filter(Span<byte> bytes, uint position);

/// <summary>Applies a filter to what a decoder unpacks.</summary>
/// <param name="unpacked">The decoder.</param>
/// <param name="filter">The filter.</param>
/// <param name="position">Where the first byte is said to stand.</param>
internal sealed class FilterStream(Stream unpacked, Filter filter, uint position) : ReadOnlyStream
{
    private readonly byte[] buffer = new byte[4096];
    private int next;
    private int done;
    private int end;

    public override int Read(Span<byte> output)
    {
        if (next == done)
            Advance();
        var count = Math.Min(output.Length, done - next);
        buffer.AsSpan(next, count).CopyTo(output);
        next += count;
        return count;
    }

    private void Advance()
    {
        var rest = end - done;
        buffer.AsSpan(done, rest).CopyTo(buffer);
        var count = unpacked.ReadAtLeast(buffer.AsSpan(rest), buffer.Length - rest, throwOnEndOfStream: false);
        (next, end) = (0, rest + count);
        done = filter(buffer.AsSpan(0, end), position);
        if (end < buffer.Length)
            done = end; // what is left at the end was too short for the filter
        position = unchecked(position + (uint)done);
    }
}
