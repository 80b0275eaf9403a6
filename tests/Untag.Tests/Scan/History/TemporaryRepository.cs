using System.Diagnostics;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.History;

namespace Untag.Tests.Scan.History;

/// <summary>A repository made by the real git in a folder of its own: same dates, same people, same ids every time.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    public const string FaceService = """
        # face detection and face recognition service
        from insightface.app import FaceAnalysis
        def handle(face_image): return FaceAnalysis().get(face_image)
        """;

    public const string Labels = "race_labels = [\"White\", \"Black\", \"Asian\", \"Indian\"]\n";

    private readonly DirectoryInfo top = Directory.CreateTempSubdirectory("untag-history-");

    public TemporaryRepository(params string[] initOptions)
    {
        Directory.CreateDirectory(Folder);
        Git(["init", "-q", "-b", "main", .. initOptions]);
    }

    /// <summary>The work tree.</summary>
    public string Folder => Path.Join(top.FullName, "product");

    /// <summary>A path beside the repository, which goes with it.</summary>
    public string Beside(string name) => Path.Join(top.FullName, name);

    public void Write(string path, string text)
    {
        var location = Path.Join(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(location)!);
        File.WriteAllText(location, text);
    }

    /// <summary>Writes the files (null removes one) and commits everything on a day.</summary>
    /// <returns>The first seven digits of the commit.</returns>
    public string Commit(string day, params (string Path, string? Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            if (text is null)
                File.Delete(Path.Join(Folder, path));
            else
                Write(path, text);
        }

        Git(["add", "--all"]);
        return CommitStaged(day);
    }

    public string CommitStaged(string day)
    {
        Git(["commit", "-q", "--allow-empty", "-m", "a message"], day);
        return Git(["rev-parse", "HEAD"])[..7];
    }

    public string Git(params string[] words) => Git(words, "2026-01-01");

    public string Git(string[] words, string day) => Git(words, day, []);

    /// <summary>Runs git with something to read.</summary>
    public string Git(string[] words, string day, byte[] input)
    {
        var start = new ProcessStartInfo("git", words)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_AUTHOR_DATE"] = start.Environment["GIT_COMMITTER_DATE"] = day + "T12:00:00Z";
        foreach (var role in new[] { "AUTHOR", "COMMITTER" })
        {
            start.Environment[$"GIT_{role}_NAME"] = "Somebody Unnamed";
            start.Environment[$"GIT_{role}_EMAIL"] = "somebody@example.com";
        }

#pragma warning disable RS0030 // the repositories of these tests are made by git itself
        using var git = Process.Start(start)!;
#pragma warning restore RS0030
        git.StandardInput.BaseStream.Write(input);
        git.StandardInput.Close();
        var errors = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', words)}: {errors.Result}");
        return output.TrimEnd('\n');
    }

    public ScanReport ScanAll() => Scan(Folder, new HistoryRange.All());

    public ScanReport ScanSince(string revision) => Scan(Folder, new HistoryRange.Since(revision));

    public ScanReport ScanStaged() => Scan(Folder, new HistoryRange.Staged());

    /// <summary>What the command line asks for: the work tree is reported with the whole history, and is only looked at
    /// with a part of it.</summary>
    public static ScanReport Scan(string path, HistoryRange range)
    {
        var opening = GitHistory.Open(path, range, TestContext.Current.CancellationToken);
        Assert.True(opening.History is not null, opening.Problem);
        var tree = new ScanSource.OnDisk(path, "");
        var history = new ScanSource.InHistory(opening.History, path, "");
        var isAll = range is HistoryRange.All;
        var request = new ScanRequest
        {
            Policy = TagPolicy.Default,
            Sources = opening.History.IsBare || !isAll ? [history] : [tree, history],
            Surroundings = opening.History.IsBare || isAll ? [] : [tree],
        };
        return Scanner.Scan(request, progress: null, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        foreach (var file in top.EnumerateFiles("*", SearchOption.AllDirectories))
            file.Attributes = FileAttributes.Normal; // git writes its objects read-only
        top.Delete(recursive: true);
    }
}
