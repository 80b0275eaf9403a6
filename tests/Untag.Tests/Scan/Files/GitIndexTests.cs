using System.Diagnostics;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Files;
using Untag.Tests.Scan.History;

namespace Untag.Tests.Scan.Files;

public sealed class GitIndexTests
{
    [Theory]
    [InlineData("sha1", "2")]
    [InlineData("sha1", "3")]
    [InlineData("sha1", "4")]
    [InlineData("sha256", "2")]
    [InlineData("sha256", "4")]
    public void Every_version_of_the_index_names_what_git_tracks(string format, string version)
    {
        using var repository = Filled("--object-format=" + format);
        repository.Git("update-index", "--index-version", version);
        if (version == "3") // git writes it as soon as an entry needs a flag that version 2 lacks
            repository.Git("add", "--intent-to-add", "intended.txt");
        SaysTheSameAsGit(repository);
        Assert.Equal(int.Parse(version, provider: null), File.ReadAllBytes(IndexFile(repository))[7]);
    }

    [Fact]
    public void A_split_index_is_read_with_its_shared_part()
    {
        using var repository = Filled();
        repository.Git("update-index", "--split-index");
        repository.Write("later.txt", "x");
        repository.Git("add", "-f", "later.txt");
        SaysTheSameAsGit(repository);
    }

    [Fact]
    public void The_index_of_a_linked_work_tree_is_its_own()
    {
        using var repository = Filled();
        repository.Commit("2025-02-01");
        var linked = repository.Beside("linked");
        repository.Git("worktree", "add", "-q", linked);
        Assert.True(GitIndex.Of(linked, out var problem).Tracks("folder/deep/file 07.txt"));
        Assert.Null(problem);
    }

    [Fact]
    public void A_file_that_git_tracks_is_read_although_gitignore_names_it()
    {
        using var repository = new TemporaryRepository();
        repository.Write(".gitignore", "build/\n*.log\n");
        foreach (var path in new[] { "build/deep/tracked.txt", "build/deep/other.txt", "build/more/other.txt", "a.log", "b.log" })
            repository.Write(path, "x");
        repository.Git("add", "-f", "build/deep/tracked.txt", "a.log", ".gitignore");
        Assert.Equal([".gitignore", "a.log", "build/deep/tracked.txt"], Listed(repository.Folder).Files);
        repository.Write(".untagignore", "build/\n");
        Assert.Equal([".gitignore", ".untagignore", "a.log"], Listed(repository.Folder).Files);
    }

    [Fact]
    public void An_index_that_is_not_understood_makes_the_scan_partial_when_it_matters()
    {
        using var repository = new TemporaryRepository();
        repository.Write("x.txt", "x");
        File.WriteAllText(IndexFile(repository), "DIRC and nothing that follows makes any sense at all");
        Assert.Empty(Listed(repository.Folder).Skipped);
        repository.Write(".gitignore", "*.log\n");
        repository.Write("a.log", "x");
        var skipped = Assert.Single(Listed(repository.Folder).Skipped);
        Assert.Contains("its form is not understood", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_index_never_throws_and_never_takes_long()
    {
        using var repository = Filled();
        var whole = File.ReadAllBytes(IndexFile(repository));
        var random = new Random(20261123);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 2000; i++)
        {
            var bytes = whole.AsSpan(0, i % 2 == 0 ? whole.Length : random.Next(whole.Length)).ToArray();
            for (var flips = random.Next(1, 6); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(IndexFile(repository), bytes);
            GitIndex.Of(repository.Folder, out _);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), clock.Elapsed.ToString());
    }

    [Fact]
    public void An_index_cut_anywhere_among_its_entries_is_a_problem()
    {
        using var repository = Filled();
        var whole = File.ReadAllBytes(IndexFile(repository));
        var last = whole.AsSpan().LastIndexOf("file 39.txt"u8);
        for (var length = 0; length < last; length += 37)
        {
            File.WriteAllBytes(IndexFile(repository), whole[..length]);
            GitIndex.Of(repository.Folder, out var problem);
            Assert.NotNull(problem);
        }
    }

    private static TemporaryRepository Filled(params string[] options)
    {
        var repository = new TemporaryRepository(options);
        for (var i = 0; i < 40; i++)
            repository.Write($"folder/{(i % 3 == 0 ? "other" : "deep")}/file {i:00}.txt", $"{i}");
        repository.Write("völlig 人种.txt", "x");
        repository.Write("a/" + new string('n', 200) + "/" + new string('m', 200), "x");
        repository.Git("add", "--all");
        repository.Write("intended.txt", "x");
        return repository;
    }

    private static void SaysTheSameAsGit(TemporaryRepository repository)
    {
        var index = GitIndex.Of(repository.Folder, out var problem);
        Assert.Null(problem);
        var tracked = repository.Git("ls-files", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(tracked.Length > 40);
        Assert.All(tracked, path => Assert.True(index.Tracks(path), path));
        Assert.True(index.TracksInside("folder/deep"));
        Assert.False(index.TracksInside("folder/dee"));
        Assert.False(index.Tracks("folder/deep"));
        Assert.False(index.Tracks("folder/deep/file 00.txt"));
    }

    private static string IndexFile(TemporaryRepository repository) => Path.Join(repository.Folder, ".git", "index");

    private static (IEnumerable<string> Files, List<SkippedPath> Skipped) Listed(string folder)
    {
        var files = new List<FoundFile>();
        var skipped = new List<SkippedPath>();
        var source = new ScanSource.OnDisk(folder, "");
        FileTree.List(
            source, new ScanRequest { Policy = TagPolicy.Default, Sources = [source] }, files, skipped,
            TestContext.Current.CancellationToken);
        return (files.Select(file => file.Path).Order(StringComparer.Ordinal), skipped);
    }
}
