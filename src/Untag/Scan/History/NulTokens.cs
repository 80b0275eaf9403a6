namespace Untag.Scan.History;

/// <summary>The parts of a stream that zero bytes divide: how git writes names that may hold anything else.</summary>
internal sealed class NulTokens(Stream stream)
{
    private const int LengthMax = 1024 * 1024; // no file system has a path as long

    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>The next part; false at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">A part is too long, or the last one is not ended.</exception>
    public bool TryRead(out ReadOnlySpan<byte> token)
    {
        var searched = start;
        while (true)
        {
            var length = buffer.AsSpan(searched, end - searched).IndexOf((byte)0);
            if (length >= 0)
            {
                token = buffer.AsSpan(start, searched + length - start);
                start = searched + length + 1;
                return true;
            }

            searched = end;
            if (!Fill(ref searched))
            {
                if (start < end)
                    throw new InvalidDataException("git stopped in the middle of a line");
                token = default;
                return false;
            }
        }
    }

    private bool Fill(ref int searched)
    {
        if (end == buffer.Length)
        {
            if (end - start > LengthMax)
                throw new InvalidDataException("git wrote a line without end");
            var target = start > buffer.Length / 2 ? buffer : new byte[2 * buffer.Length];
            buffer.AsSpan(start, end - start).CopyTo(target);
            buffer = target;
            (searched, end, start) = (searched - start, end - start, 0);
        }

        var count = stream.Read(buffer, end, buffer.Length - end);
        end += count;
        return count > 0;
    }
}
