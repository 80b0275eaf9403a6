namespace Untag.Columnar;

/// <summary>Unpacks a block in the raw format of Snappy.</summary>
internal static class Snappy
{
    /// <summary>Unpacks a block into a buffer of the size that it should have; false when it is damaged or has another
    /// size.</summary>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> page)
    {
        var at = 0;
        if (!TryReadLength(packed, ref at, out var length) || length != page.Length)
            return false;
        var written = 0;
        while (at < packed.Length)
        {
            var tag = packed[at++];
            var isUnpacked = (tag & 3) == 0
                ? TryCopyLiteral(tag, packed, ref at, page, ref written)
                : TryCopyEarlier(tag, packed, ref at, page, ref written);
            if (!isUnpacked)
                return false;
        }

        return written == page.Length;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> packed, ref int at, out long length)
    {
        length = 0;
        for (var shift = 0; shift < 35 && at < packed.Length; shift += 7)
        {
            var next = packed[at++];
            length |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }

    private static bool TryCopyLiteral(byte tag, ReadOnlySpan<byte> packed, ref int at, Span<byte> page, ref int written)
    {
        long length = (tag >> 2) + 1;
        if (length > 60) // the length stands in the next one to four bytes
        {
            if (!TryReadNumber(packed, ref at, (int)length - 60, out length))
                return false;
            length++;
        }

        if (length > packed.Length - at || length > page.Length - written)
            return false;
        packed.Slice(at, (int)length).CopyTo(page[written..]);
        at += (int)length;
        written += (int)length;
        return true;
    }

    private static bool TryCopyEarlier(byte tag, ReadOnlySpan<byte> packed, ref int at, Span<byte> page, ref int written)
    {
        var isShort = (tag & 3) == 1;
        var length = isShort ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        var bytes = isShort ? 1 : (tag & 3) == 2 ? 2 : 4;
        if (!TryReadNumber(packed, ref at, bytes, out var distance))
            return false;
        if (isShort)
            distance += (tag >> 5) << 8;
        return Earlier.TryCopy(page, ref written, distance, length);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> packed, ref int at, int bytes, out long number)
    {
        number = 0;
        if (bytes > packed.Length - at)
            return false;
        for (var i = 0; i < bytes; i++)
            number |= (long)packed[at++] << (8 * i);
        return true;
    }
}
