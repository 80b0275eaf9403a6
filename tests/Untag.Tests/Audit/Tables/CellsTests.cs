using System.Globalization;
using System.Text;
using CsCheck;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Tables;

public sealed class CellsTests
{
    [Fact]
    public void A_number_is_read_as_the_framework_reads_it() => Gen.OneOf(
        Gen.Double.Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Double[-100, 100].Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Int[0, 17]).Select((number, places) => number.ToString($"F{places}", CultureInfo.InvariantCulture)),
        Gen.String["0123456789.-"]).Sample(text =>
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
            Assert.Equal(isNumber ? number : null, Cells.Number(Encoding.UTF8.GetBytes(text)));
        }, iter: 100_000);

    [Theory]
    [InlineData("5.", 5.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-0", -0.0)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("0.10", 0.1)]
    [InlineData("1..2", null)]
    [InlineData("-", null)]
    [InlineData("", null)]
    public void At_the_edges(string text, double? number) => Assert.Equal(number, Cells.Number(Encoding.UTF8.GetBytes(text)));
}
