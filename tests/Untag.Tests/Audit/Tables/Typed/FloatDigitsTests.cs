using System.Globalization;
using CsCheck;
using Untag.Audit.Aggregates;
using Untag.Audit.Tables.Typed;
using Untag.Columnar;

namespace Untag.Tests.Audit.Tables.Typed;

/// <summary>The quick digits are those of the text.</summary>
public sealed class FloatDigitsTests
{
    private static readonly Gen<double> Numbers = Gen.OneOf(
        Gen.Double,
        Gen.Double[0, 1],
        Gen.Double[-3000, 3000],
        Gen.Double[0, 1e-3],
        Gen.Select(Gen.Long[-20_000_000_000, 20_000_000_000], Gen.Int[0, 14]).Select((whole, places) => whole / Math.Pow(10, places)),
        Gen.Select(Gen.Long[0, 1L << 50], Gen.Int[0, 62]).Select((whole, places) => whole / (double)(1L << places)), // ties of all kinds
        Gen.Select(Gen.Long[0, 4_000_000_000_000_000], Gen.Int[-3, 3]).Select((whole, steps) =>
            BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(whole / 1e12) + steps)));

    [Fact]
    public void Of_a_number() => Numbers.Where(double.IsFinite).Sample(
        number => Assert.Equal(DigitCounts.DigitsOf(Text(8, BitConverter.DoubleToInt64Bits(number))), FloatDigits.Of(number)), iter: 200_000);

    [Fact]
    public void Of_a_number_of_single_precision() => Gen.OneOf(Numbers.Select(number => (float)number), Gen.Float).Where(float.IsFinite).Sample(
        number =>
        {
            var text = Text(4, BitConverter.SingleToInt32Bits(number));
            Assert.Equal(DigitCounts.DigitsOf(text), FloatDigits.Of(number, out var written));
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), written);
        }, iter: 200_000);

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.1 + 0.2)]
    [InlineData(0.5)]
    [InlineData(0.999999999999999)]
    [InlineData(0.0001)]
    [InlineData(0.00009999999999995)]
    [InlineData(2047.9999999999998)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void At_the_edges(double number)
    {
        Assert.Equal(DigitCounts.DigitsOf(Text(8, BitConverter.DoubleToInt64Bits(number))), FloatDigits.Of(number));
        Assert.Equal(DigitCounts.DigitsOf(Text(4, BitConverter.SingleToInt32Bits((float)Math.Min(number, 1e38)))), FloatDigits.Of((float)Math.Min(number, 1e38), out _));
    }

    private static byte[] Text(int bytes, long raw)
    {
        var text = new byte[ValueText.BytesMax];
        return text[..ValueText.Write(new ColumnType(ValueKind.Float, bytes), raw, text)];
    }
}
