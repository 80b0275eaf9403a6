namespace Untag.Audit.Reports;

/// <summary>Counts as a text: most of them are 0.</summary>
/// <remarks>For each count that is not 0, in the order of the numbers: the difference to the number before (the first: its number),
/// then the count, both as <see cref="PackedNumbers"/>; all of it in Base64.</remarks>
internal static class PackedCounts
{
    private const int Bits = 42; // more is no count of anything

    public static string Of(IEnumerable<(int Number, long Count)> counts)
    {
        var bytes = new List<byte>();
        var last = 0;
        foreach (var (number, count) in counts)
        {
            PackedNumbers.Write(bytes, number - last);
            PackedNumbers.Write(bytes, count);
            last = number;
        }

        return Convert.ToBase64String([.. bytes]);
    }

    /// <summary>The counts of a text; null when it is none, or a number is not below the bound.</summary>
    public static List<(int Number, long Count)>? Read(string text, int bound)
    {
        if (PackedNumbers.Bytes(text) is not { } bytes)
            return null;
        var counts = new List<(int, long)>();
        long number = 0;
        for (var at = 0; at < bytes.Length;)
        {
            if (!PackedNumbers.TryRead(bytes, ref at, Bits, out var step) || !PackedNumbers.TryRead(bytes, ref at, Bits, out var count))
                return null;
            number += step;
            if (number >= bound || count <= 0 || (counts.Count > 0 && step == 0))
                return null;
            counts.Add(((int)number, count));
        }

        return counts;
    }
}
