using System.Globalization;
using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>What the bytes of a cell mean.</summary>
internal static class Cells
{
    /// <summary>A finite number; null for everything else, NaN and infinities too.</summary>
    public static double? Number(ReadOnlySpan<byte> cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>What is counted of a finite number; null for everything else.</summary>
    public static WrittenNumber? Written(ReadOnlySpan<byte> cell) =>
        Number(cell) is { } number ? new WrittenNumber(ScoreHistogram.BinOf(number), DigitCounts.DigitsOf(cell)) : null;

    /// <summary>True for 1, true and yes; false for 0, false and no; null for everything else.</summary>
    public static bool? YesOrNo(ReadOnlySpan<byte> cell)
    {
        if (Number(cell) is { } number)
            return number == 1 ? true : number == 0 ? false : null;
        Span<byte> lower = stackalloc byte[5];
        if (cell.Length is 0 or > 5)
            return null;
        for (var i = 0; i < cell.Length; i++)
            lower[i] = cell[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(cell[i] | 0x20) : cell[i];
        lower = lower[..cell.Length];
        return lower.SequenceEqual("true"u8) || lower.SequenceEqual("yes"u8) ? true
            : lower.SequenceEqual("false"u8) || lower.SequenceEqual("no"u8) ? false
            : null;
    }
}
