using System.Diagnostics;
using Untag.Tests.Architecture;

namespace Untag.Tests.Documents;

/// <summary>Every command that the README and the guide show is run, in their order, in a copy of the samples; what they
/// show is what it prints.</summary>
public sealed class DocumentsAreExecutedTests
{
    private static readonly string[] Executed =
        ["README.md", "docs/workflow.md", .. Repository.Files("*.md").Where(path => path.StartsWith("docs/guide/", StringComparison.Ordinal))];

    public static TheoryData<string> Documents => [.. Executed];

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_a_document_shows_is_what_the_program_prints(string document)
    {
        var binary = Environment.GetEnvironmentVariable("UNTAG_BINARY");
        Assert.SkipWhen(binary is null, "UNTAG_BINARY names no program; ./test.sh sets it");
        var folder = Directory.CreateTempSubdirectory("untag-docs-");
        try
        {
            Copy(Repository.File("samples"), Path.Join(folder.FullName, "samples"));
            var blocks = ConsoleBlock.ReadAll(document, File.ReadAllText(Repository.File(document)));
            foreach (var block in blocks)
            {
                var real = Run(block.Command, folder.FullName, binary!);
                Assert.True(
                    block.Shows(real),
                    $"{document}:{block.Line} shows something else than `{block.Command}` prints:\n{string.Join('\n', real)}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_tour_of_the_readme_shows_commands() =>
        Assert.True(ConsoleBlock.ReadAll("README.md", File.ReadAllText(Repository.File("README.md"))).Count >= 5);

    private static List<string> Run(string command, string folder, string binary)
    {
#pragma warning disable RS0030 // the tests run the program as a person would: from a shell
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{{ {command}\n}} 2>&1"])
#pragma warning restore RS0030
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["PATH"] = Path.GetDirectoryName(binary) + ":" + Environment.GetEnvironmentVariable("PATH"), ["NO_COLOR"] = "1" },
        })!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return [.. output.TrimEnd('\n').Split('\n')];
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (file.Contains("/.untag/", StringComparison.Ordinal))
                continue;
            var target = Path.Join(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
