using System.Globalization;
using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>What the bytes of a cell mean.</summary>
internal static class Cells
{
    private const int PlainBytesMax = 19; // as many digits are no more than 64 bits

    private static readonly double[] Tens = [.. Enumerable.Range(0, PlainBytesMax).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    /// <summary>A finite number; null for everything else, NaN and infinities too.</summary>
    public static double? Number(ReadOnlySpan<byte> cell) => Plain(cell)
        ?? (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null);

    /// <summary>What is counted of a finite number; null for everything else.</summary>
    public static WrittenNumber? Written(ReadOnlySpan<byte> cell) =>
        Number(cell) is { } number ? new WrittenNumber(ScoreHistogram.BinOf(number), DigitCounts.DigitsOf(cell)) : null;

    // Digits with at most one point between or behind them. A whole number of at most 53 bits and a power of ten of at most 22 are exact, and
    // so their quotient is rounded once, as it must be.
    private static double? Plain(ReadOnlySpan<byte> cell)
    {
        var negative = cell.Length > 0 && cell[0] == (byte)'-';
        ulong digits = 0;
        var (point, at) = (-1, negative ? 1 : 0);
        if (cell.Length - at is 0 or > PlainBytesMax || !char.IsAsciiDigit((char)cell[at]))
            return null;
        for (; at < cell.Length; at++)
        {
            if (char.IsAsciiDigit((char)cell[at]))
                digits = (digits * 10) + (ulong)(cell[at] - '0');
            else if (cell[at] == (byte)'.' && point < 0)
                point = at;
            else
                return null;
        }

        if (digits > 1UL << 53)
            return null;
        var number = point < 0 ? digits : digits / Tens[cell.Length - 1 - point];
        return negative ? -number : number;
    }

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
