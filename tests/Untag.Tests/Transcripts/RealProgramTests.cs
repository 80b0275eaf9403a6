using System.Diagnostics;
using Untag.Tests.Architecture;

namespace Untag.Tests.Transcripts;

/// <summary>Runs the transcripts in this folder with the real, native program.</summary>
public sealed class RealProgramTests
{
    public static TheoryData<string> Names =>
        [.. Repository.Files("*.txt").Where(path => path.StartsWith("tests/Untag.Tests/Transcripts/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_program_does_what_the_transcript_says(string name)
    {
        var binary = Environment.GetEnvironmentVariable("UNTAG_BINARY");
        Assert.SkipWhen(binary is null, "UNTAG_BINARY names no program; ./test.sh sets it");
        var transcript = Transcript.Parse(await File.ReadAllTextAsync(Repository.File(name), TestContext.Current.CancellationToken));
        Assert.NotEmpty(transcript.Steps);
        var folder = Directory.CreateTempSubdirectory("untag-transcript-");
        try
        {
            foreach (var (path, text) in transcript.Files)
            {
                var location = Path.Join(folder.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(location)!);
                await File.WriteAllTextAsync(location, text, TestContext.Current.CancellationToken);
            }

            foreach (var step in transcript.Steps)
            {
                var real = await Run(step, folder.FullName, binary!);
                Assert.True(step.Allows(real), $"{name}:{step.Line} expects\n\n{step.Show()}\n\nbut got\n\n{real.Show()}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Step> Run(Step step, string folder, string binary)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", step.Command])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("UNTAG_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        start.Environment.Remove("CLICOLOR_FORCE");
        start.Environment["PATH"] = Path.GetDirectoryName(binary) + ":" + Environment.GetEnvironmentVariable("PATH");
#pragma warning disable RS0030 // the tests run the program as a person would: from a shell
        using var shell = Process.Start(start)!;
#pragma warning restore RS0030
        shell.StandardInput.Close();
        var output = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return step with { Output = Lines(await output), Errors = Lines(await errors), ExitCode = shell.ExitCode };
    }

    private static List<string> Lines(string text) => text.Length == 0 ? [] : [.. text.TrimEnd('\n').Split('\n')];
}
