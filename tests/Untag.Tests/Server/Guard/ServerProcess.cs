using System.Diagnostics;
using Untag.Tests.Workflow;

namespace Untag.Tests.Server.Guard;

/// <summary>The program <c>untag-server</c> as a process of its own, for what cannot be done to a part of the test.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];

    private ServerProcess(Process process) => this.process = process;

    /// <summary>The address that it listens on.</summary>
    public Uri Address => new(lines.Select(line => line.Split(" on ")).First(parts => parts[0].StartsWith("guarding", StringComparison.Ordinal))[^1]);

    public int Id => process.Id;

    /// <summary>Starts a guard, and waits until it listens.</summary>
    public static ServerProcess Start(string folder, params string[] words)
    {
        var server = Run(folder, ["guard", .. words]);
        while (server.process.StandardError.ReadLine() is { } line)
        {
            server.lines.Add(line);
            if (line.StartsWith("mode ", StringComparison.Ordinal))
                return server;
        }

        throw new InvalidOperationException(string.Join('\n', server.lines));
    }

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output, string Errors) RunToEnd(string folder, params string[] words)
    {
        using var server = Run(folder, words);
        var output = server.process.StandardOutput.ReadToEnd(); // a line or two: the other pipe does not fill meanwhile
        var errors = server.process.StandardError.ReadToEnd();
        server.process.WaitForExit();
        return (server.process.ExitCode, output, errors);
    }

    /// <summary>Ends it as a loss of power would.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Asks it to end, as a supervisor does.</summary>
    /// <returns>Its exit code.</returns>
    public int Terminate()
    {
        Signals.Send("TERM", $"{process.Id}");
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static ServerProcess Run(string folder, string[] words)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Join(AppContext.BaseDirectory, "..", "..", "Untag.Server", configuration, "untag-server.dll");
        Assert.True(File.Exists(program), $"{program} is not built");
        var start = new ProcessStartInfo("dotnet", [program, .. words]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
#pragma warning disable RS0030 // a program of our own
        return new ServerProcess(Process.Start(start)!);
#pragma warning restore RS0030
    }
}
