using System.Diagnostics;

namespace Untag.Tests.Server.Guard.Replies.Names;

/// <summary>The search of clean replies finds the same without the widest instructions. Which are used is fixed when a program starts, so these
/// tests start their own program again.</summary>
public sealed class NarrowRegistersTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    public async Task The_search_finds_the_same_without(string instructions)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(NarrowRegistersTests).Assembly.Location, "-noColor",
                "-class", typeof(SquashedBytesTests).FullName!, "-class", typeof(FirstLettersTests).FullName!, "-class", typeof(CleanSearchTests).FullName!,
            ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[instructions] = "0";
#pragma warning disable RS0030 // the tests start themselves
        using var tests = Process.Start(start)!;
#pragma warning restore RS0030
        var output = await tests.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tests.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(tests.ExitCode == 0, output);
        Assert.Matches("Total: [1-9][0-9], Errors: 0, Failed: 0, Skipped: 0", output);
    }
}
