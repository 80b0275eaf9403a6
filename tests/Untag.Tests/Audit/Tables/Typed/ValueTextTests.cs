using System.Globalization;
using System.Text;
using CsCheck;
using Untag.Audit.Tables.Typed;
using Untag.Columnar;

namespace Untag.Tests.Audit.Tables.Typed;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(123456789012345.0, "123456789012345.0")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    public void A_number_is_written_as_python_writes_it(double number, string text) => Assert.Equal(
        text, Text(new ColumnType(ValueKind.Float, 8), BitConverter.DoubleToInt64Bits(number)));

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(16777216f, "16777216.0")]
    [InlineData(1e-7f, "1e-07")]
    public void A_short_number_has_the_digits_that_give_it_back(float number, string text) => Assert.Equal(
        text, Text(new ColumnType(ValueKind.Float, 4), BitConverter.SingleToInt32Bits(number)));

    [Fact]
    public void What_is_written_gives_the_number_back() => Gen.Double.Sample(number =>
    {
        var text = Text(new ColumnType(ValueKind.Float, 8), BitConverter.DoubleToInt64Bits(number));
        Assert.Equal(number, double.Parse(text, CultureInfo.InvariantCulture));
    });

    [Theory]
    [InlineData(ValueKind.Integer, 8, 0, long.MinValue, "-9223372036854775808")]
    [InlineData(ValueKind.Unsigned, 8, 0, -1L, "18446744073709551615")]
    [InlineData(ValueKind.Unsigned, 4, 0, -1L, "4294967295")]
    [InlineData(ValueKind.YesNo, 0, 0, 1L, "true")]
    [InlineData(ValueKind.Decimal, 8, 2, -5L, "-0.05")]
    [InlineData(ValueKind.Decimal, 8, 0, 12L, "12")]
    [InlineData(ValueKind.Date, 4, 0, -1L, "1969-12-31")]
    [InlineData(ValueKind.Date, 4, 0, int.MaxValue, "2147483647")]
    [InlineData(ValueKind.Moment, 8, 3, 1_500L, "1970-01-01 00:00:01.5")]
    [InlineData(ValueKind.Moment, 8, 9, -1_000_000_000L, "1969-12-31 23:59:59")]
    [InlineData(ValueKind.Moment, 8, 0, long.MinValue, "-9223372036854775808")]
    [InlineData(ValueKind.Float, 2, 0, 0x3C00L, "1.0")]
    public void Other_values_are_written_as_in_a_table_of_text(object kind, int bytes, int scale, long raw, string text) =>
        Assert.Equal(text, Text(new ColumnType((ValueKind)kind, bytes, scale), raw));

    private static string Text(ColumnType type, long raw)
    {
        var text = new byte[ValueText.BytesMax];
        return Encoding.UTF8.GetString(text, 0, ValueText.Write(type, raw, text));
    }
}
