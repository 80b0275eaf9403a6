using CsCheck;
using Untag.Audit.Tables;
using Untag.Audit.Tables.Typed;
using Untag.Columnar;

namespace Untag.Tests.Audit.Tables.Typed;

/// <summary>A value says the same as a word and as a number.</summary>
public sealed class ValueCodesTests
{
    private static readonly ColumnType[] Types =
    [
        new(ValueKind.Float, 8), new(ValueKind.Float, 4), new(ValueKind.Float, 2), new(ValueKind.Integer, 8), new(ValueKind.Integer, 4),
        new(ValueKind.Unsigned, 8), new(ValueKind.Unsigned, 4), new(ValueKind.Decimal, 8, 3), new(ValueKind.Date, 4), new(ValueKind.Moment, 8, 6), new(ValueKind.YesNo),
    ];

    [Fact]
    public void Of_every_type() => Gen.Select(Gen.Int[0, Types.Length - 1].Select(at => Types[at]), Gen.OneOf(
        Gen.Long, Gen.Int.Select(raw => (long)raw), Gen.Double[-10, 10].Select(BitConverter.DoubleToInt64Bits),
        Gen.Float[-10, 10].Select(number => (long)BitConverter.SingleToInt32Bits(number))).Array[1, 50]).Sample((type, raws) =>
        {
            if (type is { Kind: not (ValueKind.Decimal or ValueKind.Moment) } && type.Bytes is > 0 and < 8)
                raws = [.. raws.Select(raw => (long)unchecked((int)raw))];
            var (words, numbers) = (new CodedColumn(canBeNumbers: true), new CodedColumn(canBeNumbers: true));
            numbers.AddReader();
            numbers.LeaveWords();
            var (asWords, asNumbers) = (new ValueCodes(words, type), new ValueCodes(numbers, type));
            words.Renew();
            numbers.Renew();
            asWords.Begin();
            asNumbers.Begin();
            foreach (var raw in raws)
            {
                var word = Cells.Written(words.Words[asWords.Of(raw)]);
                var place = asNumbers.Of(raw);
                Assert.Equal(Cells.Number(words.Words[asWords.Of(raw)]) ?? double.NaN, numbers.Numbers!.Values[place]);
                Assert.Equal(word, double.IsNaN(numbers.Numbers.Values[place]) ? null : numbers.Numbers.WrittenAt(place));
            }

            Assert.True(double.IsNaN(numbers.Numbers!.Values[asNumbers.Nothing]));
        });
}
