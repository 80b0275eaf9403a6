using System.Diagnostics;
using System.Globalization;

namespace Untag.Tests.Scan.Matching;

/// <summary>The prefilter meets the same in vectors of every width. The width is fixed when a program starts, so these
/// tests start their own program again.</summary>
public sealed class NarrowVectorsTests
{
    // On a machine without the wide ones the narrower are in use anyway, and are tested once more.
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    public async Task The_prefilter_meets_what_a_naive_search_meets_without(string instructions, int bits)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(NarrowVectorsTests).Assembly.Location, "-noColor",
                "-class", typeof(VectorWidthTests).FullName!, "-class", typeof(NaiveSearchTests).FullName!,
            ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[instructions] = "0";
        start.Environment[VectorWidthTests.Variable] =
            Math.Min(bits, VectorWidthTests.Bits).ToString(CultureInfo.InvariantCulture);
#pragma warning disable RS0030 // the tests start themselves
        using var tests = Process.Start(start)!;
#pragma warning restore RS0030
        var output = await tests.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tests.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(tests.ExitCode == 0, output);
        Assert.Contains("Total: 4, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }
}
