using System.Globalization;
using Untag.Audit.Aggregates;
using Untag.Columnar;

namespace Untag.Audit.Tables.Typed;

/// <summary>The digits of a binary number as <see cref="ValueText"/> writes it, without writing it.</summary>
/// <remarks>
/// It is written with the fewest digits that give it back: as one of the numbers up to half a step of its last bit away. Where a step is
/// small, at most one of them has no more than 12 decimals. If there is one, nothing shorter is there, and it is what is written; if there is
/// none, all of them have the same first 12 decimals. Where that is not sure, the text is made; a test compares both.
/// </remarks>
internal static class FloatDigits
{
    private const double Unit = 1e12; // as many as there are decimals that are looked at
    private const double PlainMin = 1e-4; // below, an exponent is written, and decimals are rounded
    private const double PlainMax = 2048; // a step of the numbers below is less than one of the last decimal
    private const double SingleMax = 1e6;
    private const double Sure = 0.98; // of half a step: beyond, the rules of rounding decide
    private const ulong Exponent = 0x7FFUL << 52;
    private const ulong BelowSingle = (1UL << 29) - 1; // bits that a number of single precision does not have
    private const int SingleDigitsMin = 6; // always tell the numbers of single precision that have no more
    private const int SingleDigitsMax = 9; // always tell one

    private static readonly ColumnType Double = new(ValueKind.Float, sizeof(double));
    private static readonly ColumnType Single = new(ValueKind.Float, sizeof(float));
    private static readonly double[] Tens = [.. Enumerable.Range(0, DigitCounts.Places + 1).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    /// <summary>The digits of a finite number.</summary>
    public static long Of(double number)
    {
        var x = Math.Abs(number);
        var whole = Math.Floor(x * Unit);
        var rest = (x * Unit) - whole + Math.FusedMultiplyAdd(x, Unit, -(x * Unit)); // of the product that is not rounded
        if (x == Math.Floor(x))
            return 0;
        if (x < PlainMin)
            return Math.Abs(rest - 0.5) < 1e-6 ? OfText(Double, BitConverter.DoubleToInt64Bits(x), out _) : Packed((long)whole + (rest > 0.5 ? 1 : 0));
        var half = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) & Exponent) * Unit / (1L << 53);
        if (x < PlainMax)
        {
            // Of a power of two, the step below is half as large.
            var near = Sure * half / 2;
            if ((rest > half / Sure && rest < 1 - (half / Sure)) || Math.Abs(rest) < near)
                return Packed((long)whole);
            if (Math.Abs(1 - rest) < near)
                return Packed((long)whole + 1);
        }

        return OfText(Double, BitConverter.DoubleToInt64Bits(x), out _);
    }

    /// <summary>The digits of a finite number of single precision.</summary>
    /// <param name="number">The number.</param>
    /// <param name="written">What is written of it, read as a number of double precision.</param>
    public static long Of(float number, out double written)
    {
        var x = MathF.Abs(number);
        var isPlain = x >= PlainMin && x < SingleMax;
        var before = isPlain ? (int)Math.Floor(Math.Log10(x)) + 1 : 0;
        for (var digits = SingleDigitsMin; isPlain && digits <= SingleDigitsMax; digits++)
        {
            var decimals = digits - before;
            var scaled = Math.Round(x * Tens[decimals]);
            written = scaled / Tens[decimals];
            if ((BitConverter.DoubleToUInt64Bits(written) & BelowSingle) == (BelowSingle + 1) / 2)
                break; // between two numbers: it would be rounded twice
            if ((float)written != x)
                continue;
            written = Math.CopySign(written, number);
            return Packed((long)scaled * (long)Tens[DigitCounts.Places - decimals] % (long)Unit);
        }

        return OfText(Single, BitConverter.SingleToInt32Bits(number), out written);
    }

    // Three places in each ten bits, the first three in the lowest.
    private static long Packed(long units)
    {
        var all = 0L;
        for (var triple = 0; triple < DigitCounts.Places / DigitCounts.Triple; triple++)
        {
            all = (all << DigitCounts.TripleBits) | (units % DigitCounts.Triples);
            units /= DigitCounts.Triples;
        }

        return all;
    }

    private static long OfText(ColumnType type, long raw, out double written)
    {
        Span<byte> text = stackalloc byte[ValueText.BytesMax];
        text = text[..ValueText.Write(type, raw, text)];
        written = double.Parse(text, CultureInfo.InvariantCulture);
        return DigitCounts.DigitsOf(text);
    }
}
