namespace Untag.Audit.Reports;

/// <summary>Whole numbers that are not negative, in LEB128: seven bits a byte, the least significant first.</summary>
internal static class PackedNumbers
{
    /// <summary>Writes a number.</summary>
    public static void Write(List<byte> bytes, long number)
    {
        var value = (ulong)number;
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(0x80 | (value & 0x7F)));
        bytes.Add((byte)value);
    }

    /// <summary>Reads a number.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">Where it begins; then where it ends.</param>
    /// <param name="bits">It has no more bits: a multiple of 7, at most 63.</param>
    /// <param name="number">The number.</param>
    /// <returns>False when there is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, int bits, out long number)
    {
        number = 0;
        for (var shift = 0; at < bytes.Length && shift < bits; shift += 7)
        {
            var next = bytes[at++];
            number |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }

    /// <summary>The bytes of a text in Base64; null when it is none.</summary>
    public static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
