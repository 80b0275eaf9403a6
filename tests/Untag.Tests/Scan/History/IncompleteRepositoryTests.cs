using Untag.Scan;
using Untag.Scan.History;

namespace Untag.Tests.Scan.History;

/// <summary>What git does not hold here is never passed over.</summary>
public sealed class IncompleteRepositoryTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public void A_shallow_clone_is_partial()
    {
        repository.Commit("2025-02-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-03-01", ("labels.py", "labels = []\n"));
        repository.Git("clone", "-q", "--depth", "1", "file://" + repository.Folder, repository.Beside("clone"));
        var skipped = Assert.Single(TemporaryRepository.Scan(repository.Beside("clone"), new HistoryRange.All()).Skipped);
        Assert.StartsWith("a shallow clone", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_that_does_not_reach_the_cut_of_a_shallow_clone_is_complete()
    {
        repository.Commit("2025-02-01", ("a.py", "x = 1\n"));
        repository.Commit("2025-03-01", ("a.py", "x = 2\n"));
        repository.Commit("2025-04-01", ("a.py", "x = 3\n"));
        repository.Git("clone", "-q", "--depth", "2", "file://" + repository.Folder, repository.Beside("clone"));
        Assert.True(TemporaryRepository.Scan(repository.Beside("clone"), new HistoryRange.Since("HEAD~1")).Complete);
    }

    [Fact]
    public void A_partial_clone_names_what_it_does_not_hold_and_fetches_nothing()
    {
        repository.Git("config", "uploadpack.allowFilter", "true");
        repository.Commit("2025-02-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-03-01", ("labels.py", "labels = []\n"));
        repository.Git("clone", "-q", "--filter=blob:none", "file://" + repository.Folder, repository.Beside("clone"));
        var report = TemporaryRepository.Scan(repository.Beside("clone"), new HistoryRange.All());
        var skipped = Assert.Single(report.Skipped);
        Assert.Equal("labels.py", skipped.Path);
        Assert.Contains("not in this partial clone", skipped.Reason, StringComparison.Ordinal);
        Assert.Contains('?', repository.Git("-C", repository.Beside("clone"), "rev-list", "--objects", "--all", "--missing=print"));
    }

    [Fact]
    public void A_lost_object_is_named_and_the_others_are_read()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("lost.py", "x = 1\n"));
        repository.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-04-01", ("labels.py", null));
        var id = repository.Git("rev-parse", "HEAD:lost.py");
        var lost = Path.Join(repository.Folder, ".git", "objects", id[..2], id[2..]);
        File.SetAttributes(lost, FileAttributes.Normal);
        File.Delete(lost);
        var report = repository.ScanAll();
        Assert.Equal("lost.py", Assert.Single(report.Skipped).Path);
        Assert.Single(report.Findings, finding => finding.Rule == "UT0101");
    }

    [Fact]
    public void A_damaged_object_is_named_and_the_others_are_read()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("a.py", "x = 1\n"));
        repository.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-04-01", ("labels.py", null));
        var id = repository.Git("rev-parse", "HEAD:a.py");
        var damaged = Path.Join(repository.Folder, ".git", "objects", id[..2], id[2..]);
        File.SetAttributes(damaged, FileAttributes.Normal);
        File.WriteAllBytes(damaged, [.. File.ReadAllBytes(damaged).Take(12), 1, 2, 3]);
        var report = repository.ScanAll();
        Assert.Equal("a.py", Assert.Single(report.Skipped).Path);
        Assert.Single(report.Findings, finding => finding.Rule == "UT0101");
    }

    [Fact]
    public void A_submodule_is_named()
    {
        using var inner = new TemporaryRepository();
        inner.Commit("2025-02-01", ("x.py", "x = 1\n"));
        repository.Git("-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.Folder, "lib/inner");
        repository.Commit("2025-03-01");
        var skipped = Assert.Single(repository.ScanAll().Skipped);
        Assert.Equal("lib/inner", skipped.Path);
        Assert.StartsWith("a submodule", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pointer_of_LFS_is_named_in_the_history_and_in_the_work_tree()
    {
        const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
        repository.Commit("2025-02-01", ("model.onnx", Pointer), ("old.onnx", Pointer));
        repository.Commit("2025-03-01", ("old.onnx", null));
        var skipped = repository.ScanAll().Skipped;
        Assert.Equal(["model.onnx", "model.onnx", "old.onnx"], skipped.Select(path => path.Path));
        Assert.All(skipped, path => Assert.Contains("Git LFS", path.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_outside_of_a_repository_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("untag-none-");
        try
        {
            var opening = GitHistory.Open(folder.FullName, new HistoryRange.All(), TestContext.Current.CancellationToken);
            Assert.Null(opening.History);
            Assert.Contains("does not lie in a git repository", opening.Problem, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete();
        }
    }

    [Fact]
    public void Nothing_can_be_staged_in_a_bare_repository()
    {
        repository.Commit("2025-02-01", ("x.py", "x = 1\n"));
        repository.Git("clone", "-q", "--bare", ".", repository.Beside("bare.git"));
        var opening = GitHistory.Open(repository.Beside("bare.git"), new HistoryRange.Staged(), TestContext.Current.CancellationToken);
        Assert.Contains("bare repository", opening.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_reading_is_partial()
    {
        repository.Commit("2025-02-01", ("x.py", "x = 1\n"));
        var opening = GitHistory.Open(repository.Folder, new HistoryRange.All(), TestContext.Current.CancellationToken);
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        var report = Scanner.Scan(
            new ScanRequest
            {
                Policy = Untag.Policy.TagPolicy.Default,
                Sources = [new ScanSource.InHistory(opening.History!, repository.Folder, "")],
            },
            progress: null,
            ended.Token);
        Assert.Equal(ScanVerdict.Partial, report.Verdict);
        Assert.Contains("interrupted", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }
}
