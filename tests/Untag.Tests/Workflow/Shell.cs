using System.Diagnostics;

namespace Untag.Tests.Workflow;

/// <summary>A folder with a few files, and a shell that runs in it with the native program on its path.</summary>
internal sealed class Shell : IDisposable
{
    public const string Tagged = """
        # order of the logits of the face attribute head
        CLASSES = ["White", "Black", "Indian", "East Asian", "Southeast Asian", "Middle Eastern", "Latino_Hispanic"]

        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-shell-");
    private readonly string binary;

    public Shell(params (string Path, string Text)[] files)
    {
        var named = Environment.GetEnvironmentVariable("UNTAG_BINARY");
        Assert.SkipWhen(named is null, "UNTAG_BINARY names no program; ./test.sh sets it");
        binary = named!;
        foreach (var (path, text) in files)
            File.WriteAllText(At(path), text);
    }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string At(string path) => Path.Join(folder.FullName, path);

    public (int ExitCode, string Output) Run(string command)
    {
        var start = new ProcessStartInfo("bash", ["-eo", "pipefail", "-c", $"{{ {command}\n}} 2>&1"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = Path.GetDirectoryName(binary) + ":" + Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
#pragma warning disable RS0030 // the tests run the program as a person would: from a shell
        using var shell = Process.Start(start)!;
#pragma warning restore RS0030
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
