namespace Untag.Audit.Reports;

/// <summary>Counts as a text: most of them are 0.</summary>
/// <remarks>For each count that is not 0, in the order of the numbers: the difference to the number before (the first: its number),
/// then the count, both in LEB128; all of it in Base64.</remarks>
internal static class PackedCounts
{
    public static string Of(IEnumerable<(int Number, long Count)> counts)
    {
        var bytes = new List<byte>();
        var last = 0;
        foreach (var (number, count) in counts)
        {
            Write(bytes, (ulong)(number - last));
            Write(bytes, (ulong)count);
            last = number;
        }

        return Convert.ToBase64String([.. bytes]);
    }

    /// <summary>The counts of a text; null when it is none, or a number is not below the bound.</summary>
    public static List<(int Number, long Count)>? Read(string text, int bound)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return null;
        var counts = new List<(int, long)>();
        long number = 0;
        for (var at = 0; at < length;)
        {
            if (!TryRead(bytes.AsSpan(0, length), ref at, out var step) || !TryRead(bytes.AsSpan(0, length), ref at, out var count))
                return null;
            number += step;
            if (number >= bound || count <= 0 || (counts.Count > 0 && step == 0))
                return null;
            counts.Add(((int)number, count));
        }

        return counts;
    }

    private static void Write(List<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(0x80 | (value & 0x7F)));
        bytes.Add((byte)value);
    }

    // Less than 2^42: more is no count of anything.
    private static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (var shift = 0; at < bytes.Length && shift < 42; shift += 7)
        {
            var next = bytes[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }
}
