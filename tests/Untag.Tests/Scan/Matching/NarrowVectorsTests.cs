using System.Globalization;

namespace Untag.Tests.Scan.Matching;

/// <summary>The prefilter meets the same in vectors of every width. The width is fixed when a program starts.</summary>
public sealed class NarrowVectorsTests
{
    // On a machine without the wide ones the narrower are in use anyway, and are tested once more.
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    public async Task The_prefilter_meets_what_a_naive_search_meets_without(string instructions, int bits)
    {
        var output = await TestsAgain.RunAsync(
            [typeof(VectorWidthTests), typeof(NaiveSearchTests)],
            (instructions, "0"),
            (VectorWidthTests.Variable, Math.Min(bits, VectorWidthTests.Bits).ToString(CultureInfo.InvariantCulture)));
        Assert.Contains("Total: 4, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }
}
