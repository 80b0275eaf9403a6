using System.Diagnostics;

namespace Untag.Tests.TransparencyLog.Storage;

/// <summary>A program of the tests that is killed with SIGKILL while it works.</summary>
internal static class KilledProgram
{
    /// <summary>Starts it, kills it after so many lines, and gives the lines that came out whole before the end.</summary>
    public static List<string> Run(string name, int lines, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no kill -9");
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.GetFullPath(Path.Join(AppContext.BaseDirectory, "..", "..", name, configuration, $"{name}.dll"));
        Assert.True(File.Exists(program), $"{program} is not built");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };
#pragma warning disable RS0030 // a program of our own, which the test kills
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        var seen = new List<string>();
        while (seen.Count < lines && process.StandardOutput.ReadLine() is { } line)
            seen.Add(line);
        process.Kill(); // while it goes on
        var rest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var whole = rest.LastIndexOf('\n');
        if (whole > 0)
            seen.AddRange(rest[..whole].Split('\n'));
        return seen;
    }
}
