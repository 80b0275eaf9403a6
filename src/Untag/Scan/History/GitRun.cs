using System.ComponentModel;
using System.Diagnostics;

namespace Untag.Scan.History;

/// <summary>One running git. It ends with this object, whatever state it is in.</summary>
internal sealed class GitRun : IDisposable
{
    private const int ErrorLinesMax = 20;

    private readonly Process process;
    private readonly CancellationTokenRegistration ending;
    private readonly List<string> errors = [];

    private GitRun(Process process, CancellationToken cancellation)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine(); // a git that nobody listens to would wait for ever
        ending = cancellation.Register(End);
    }

    /// <summary>What git reads.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>What git writes.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static GitRun Of(ProcessStartInfo start, CancellationToken cancellation)
    {
        try
        {
#pragma warning disable RS0030 // git itself, found outside of what is scanned, in words of our own: decision 10
            return new GitRun(Process.Start(start)!, cancellation);
#pragma warning restore RS0030
        }
        catch (Win32Exception problem)
        {
            throw new IOException($"git cannot be started: {problem.Message}", problem);
        }
    }

    /// <summary>Hears it no longer, and waits for its end.</summary>
    /// <returns>What it complained about; null when it did all that it was asked for.</returns>
    public string? Complaint()
    {
        CloseQuietly(Input); // a git that could still read or write would not end
        CloseQuietly(Output);
        process.WaitForExit();
        if (process.ExitCode == 0)
            return null;
        lock (errors)
            return errors.Count == 0 ? $"git ended with code {process.ExitCode}" : InOneLine(errors);
    }

    public void Dispose()
    {
        ending.Dispose();
        End();
        process.WaitForExit();
        process.Dispose();
    }

    private static void CloseQuietly(Stream stream)
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // What was not written yet has nobody to read it.
        }
    }

    private void End()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
        catch (Win32Exception)
        {
            // It is ending.
        }
    }

    private void Keep(string? line)
    {
        lock (errors)
        {
            if (!string.IsNullOrWhiteSpace(line) && errors.Count < ErrorLinesMax)
                errors.Add(line.Trim());
        }
    }

    // The line that names the cause comes before the advice.
    private static string InOneLine(List<string> lines)
    {
        var cause = lines.Find(line => line.StartsWith("fatal: ", StringComparison.Ordinal)) ?? lines[0];
        return cause.StartsWith("fatal: ", StringComparison.Ordinal) ? cause["fatal: ".Length..] : cause;
    }
}
