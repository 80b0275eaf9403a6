namespace Untag.Columnar;

/// <summary>Unpacks a block of LZ4.</summary>
internal static class Lz4Block
{
    private const int MatchMin = 4;

    /// <summary>Unpacks a block.</summary>
    /// <param name="packed">The block.</param>
    /// <param name="page">Where to; the block may need less.</param>
    /// <param name="written">How many bytes earlier blocks gave, which it may repeat; then with its own.</param>
    /// <returns>False when it is damaged or needs more room.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> page, ref int written)
    {
        var at = 0;
        while (at < packed.Length)
        {
            var token = packed[at++];
            if (!TryReadLength(packed, ref at, token >> 4, out var literals)
                || literals > packed.Length - at || literals > page.Length - written)
                return false;
            packed.Slice(at, literals).CopyTo(page[written..]);
            at += literals;
            written += literals;
            if (at == packed.Length)
                return true; // the last sequence has no match
            if (packed.Length - at < 2)
                return false;
            var distance = packed[at] | (packed[at + 1] << 8);
            at += 2;
            if (!TryReadLength(packed, ref at, token & 0x0F, out var length)
                || !Earlier.TryCopy(page, ref written, distance, length + MatchMin))
                return false;
        }

        return packed.Length > 0;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> packed, ref int at, int start, out int length)
    {
        const int Extended = 15;
        length = start;
        if (start < Extended)
            return true;
        while (at < packed.Length)
        {
            var next = packed[at++];
            length += next;
            if (next < byte.MaxValue)
                return true;
        }

        return false;
    }
}
