using System.Diagnostics;
using Untag.Scan.Files;

namespace Untag.Tests.Scan.Files;

public sealed class IgnoreRulesTests
{
    private static readonly string[] Lines =
    [
        "# a comment", "", "*.log", "!keep.log", "build/", "/top.txt", "docs/**/draft.md", "a/*/c", "**/cache",
        "data/**", "!data/readme.md", "file[0-9].bin", "file[!a-c].dat", "q?.txt", "\\#hash", "\\!bang", "trail  ",
    ];

    private static readonly string[] Paths =
    [
        "x.log", "deep/x.log", "keep.log", "deep/keep.log", "build/out.o", "deep/build/out.o", "build", "top.txt",
        "deep/top.txt", "docs/draft.md", "docs/one/draft.md", "docs/one/two/draft.md", "a/b/c", "a/c", "a/b/d/c",
        "cache/x", "one/cache/x", "data/x", "data/readme.md", "file1.bin", "filex.bin", "fileb.dat", "filed.dat",
        "q1.txt", "q12.txt", "#hash", "!bang", "trail", "other.txt",
    ];

    [Fact]
    public void Patterns_mean_what_they_mean_to_git()
    {
        var folder = Directory.CreateTempSubdirectory("untag-ignore-");
        try
        {
            Git(folder.FullName, "init -q", "");
            File.WriteAllLines(Path.Join(folder.FullName, ".gitignore"), Lines);
            var expected = Git(folder.FullName, "check-ignore --no-index --stdin", string.Join('\n', Paths))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(path => path.Trim('"')).ToHashSet();
            var rules = IgnoreRules.None.With("", IgnoreOrigin.Git, Lines);
            foreach (var path in Paths)
                Assert.True(expected.Contains(path) == IsIgnored(rules, path), $"{path}: git says {expected.Contains(path)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_ignore_file_of_a_deeper_folder_decides_last()
    {
        var rules = IgnoreRules.None.With("", IgnoreOrigin.Git, ["*.log"])
            .With("keep/", IgnoreOrigin.Git, ["!*.log", "/only.txt"]);
        Assert.True(rules.Ignores("x.log", isFolder: false));
        Assert.False(rules.Ignores("keep/x.log", isFolder: false));
        Assert.True(rules.Ignores("keep/only.txt", isFolder: false));
        Assert.False(rules.Ignores("keep/deep/only.txt", isFolder: false));
    }

    [Fact]
    public void The_file_that_decides_is_named()
    {
        var rules = IgnoreRules.None.With("", IgnoreOrigin.Git, ["*.log", "*.tmp"]).With("", IgnoreOrigin.Untag, ["x.log", "!y.tmp"]);
        Assert.Equal(IgnoreOrigin.Untag, rules.IgnoredBy("x.log", isFolder: false));
        Assert.Equal(IgnoreOrigin.Git, rules.IgnoredBy("y.log", isFolder: false));
        Assert.Null(rules.IgnoredBy("y.tmp", isFolder: false));
    }

    // As the walk does it: a folder that is ignored is not entered.
    private static bool IsIgnored(IgnoreRules rules, string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (rules.Ignores(path[..slash], isFolder: true))
                return true;
        }

        return rules.Ignores(path, isFolder: false);
    }

    private static string Git(string folder, string arguments, string input)
    {
#pragma warning disable RS0030 // the peer of this test is the git program itself
        using var git = Process.Start(new ProcessStartInfo("git", $"-C {folder} -c core.quotePath=false {arguments}")
#pragma warning restore RS0030
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output;
    }
}
