using System.Diagnostics;

namespace Untag.Tests;

/// <summary>Starts these tests again, in a program of their own: some of what they run under is fixed when a program starts.</summary>
internal static class TestsAgain
{
    /// <summary>Runs classes of tests, and fails when one of them does.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="environment">What else stands in the environment.</param>
    /// <returns>What was printed.</returns>
    public static async Task<string> RunAsync(IEnumerable<Type> classes, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TestsAgain).Assembly.Location, "-noColor", .. classes.SelectMany(tests => new[] { "-class", tests.FullName! })])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
#pragma warning disable RS0030 // the tests start themselves
        using var tests = Process.Start(start)!;
#pragma warning restore RS0030
        var output = await tests.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tests.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(tests.ExitCode == 0, output);
        return output;
    }
}
