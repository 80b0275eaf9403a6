using System.Text;
using Untag.Scan;
using Untag.Scan.History;

namespace Untag.Tests.Scan.History;

public sealed class HistoryTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public void A_removed_tag_shows_with_the_commits_that_added_and_removed_it()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        var added = repository.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-06-01", ("labels.py", "# moved down\n\n" + TemporaryRepository.Labels));
        var removed = repository.Commit("2026-01-12", ("labels.py", "labels = []\n"));

        var finding = Labels(repository.ScanAll());
        Assert.Equal(Level.Error, finding.Level);
        Assert.Equal("labels.py", finding.Path);
        Assert.Equal(3, finding.Line);
        Assert.Equal(new CommitName(added, new DateOnly(2025, 3, 1)), finding.Added);
        Assert.Equal(new CommitName(removed, new DateOnly(2026, 1, 12)), finding.Removed);
    }

    [Fact]
    public void A_history_without_a_tag_is_clean()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("labels.py", "labels = ['cat']\n"));
        repository.Commit("2025-03-01", ("labels.py", "labels = ['dog']\n"));
        var report = repository.ScanAll();
        Assert.Equal(ScanVerdict.Clean, report.Verdict);
        Assert.Equal(5, report.Totals.Read); // two files, and three versions
    }

    [Fact]
    public void A_tag_that_is_still_there_is_reported_once_and_as_without_the_history()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        repository.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-04-01", ("labels.py", TemporaryRepository.Labels + "x = 1\n"));
        Assert.Null(Labels(repository.ScanAll()).Added);
    }

    [Fact]
    public void A_file_that_was_renamed_and_edited_is_one_file()
    {
        const string Rest = "one = 1\ntwo = 2\nthree = 3\nfour = 4\nfive = 5\nsix = 6\nseven = 7\neight = 8\n";
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        var added = repository.Commit("2025-03-01", ("old.py", Rest + TemporaryRepository.Labels));
        repository.Commit("2025-04-01", ("old.py", null), ("new.py", Rest + "nine = 9\n" + TemporaryRepository.Labels));
        Assert.Equal("new.py", Labels(repository.ScanAll()).Path);

        var removed = repository.Commit("2025-05-01", ("new.py", Rest));
        var finding = Labels(repository.ScanAll());
        Assert.Equal(("new.py", added, removed), (finding.Path, finding.Added?.Hash, finding.Removed?.Hash));
    }

    [Fact]
    public void A_tag_on_another_branch_was_added_and_not_removed()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        repository.Git("checkout", "-q", "-b", "other");
        var added = repository.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        repository.Git("checkout", "-q", "main");
        var finding = Labels(repository.ScanAll());
        Assert.Equal((added, null), (finding.Added?.Hash, finding.Removed));
    }

    [Fact]
    public void A_tag_that_only_a_merge_brought_is_found()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("labels.py", "labels = 0\n"));
        repository.Git("checkout", "-q", "-b", "other");
        repository.Commit("2025-03-01", ("other.py", "x = 1\n"), ("labels.py", "labels = 1\n"));
        repository.Git("checkout", "-q", "main");
        repository.Commit("2025-03-02", ("labels.py", "labels = 2\n"));
        repository.Git("merge", "-q", "--no-commit", "-s", "ours", "other");
        var merge = repository.Commit("2025-03-03", ("labels.py", TemporaryRepository.Labels));
        var removed = repository.Commit("2025-03-04", ("labels.py", null));
        var finding = Labels(repository.ScanAll());
        Assert.Equal((merge, removed), (finding.Added?.Hash, finding.Removed?.Hash));
    }

    [Fact]
    public void A_tag_that_came_back_and_went_again_was_removed_the_last_time()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        var added = repository.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-04-01", ("labels.py", "labels = []\n"));
        repository.Commit("2025-05-01", ("labels.py", TemporaryRepository.Labels));
        var removed = repository.Commit("2025-06-01", ("labels.py", "labels = []\n"));
        var finding = Labels(repository.ScanAll());
        Assert.Equal((added, removed), (finding.Added?.Hash, finding.Removed?.Hash));
    }

    [Fact]
    public void Names_with_line_ends_and_bytes_that_are_no_text_are_read()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        repository.Commit("2025-03-01", ("a\nb\".py", TemporaryRepository.Labels));
        repository.Commit("2025-03-02", ("a\nb\".py", null));
        // A name that is no text can be in a repository that no file system of this machine could hold.
        var blob = repository.Git("rev-parse", "HEAD~1:a\nb\".py");
        var tree = repository.Git(["mktree", "-z"], "2025-03-03", [.. Encoding.ASCII.GetBytes($"100644 blob {blob}\t"), 0xFF, .. ".py\0"u8]);
        var commit = repository.Git(["commit-tree", tree, "-m", "a message"], "2025-03-03");
        repository.Git("update-ref", "refs/heads/odd", commit);
        var report = repository.ScanAll();
        Assert.True(report.Complete);
        Assert.Equal(
            ["a\nb\".py", "\uFFFD.py"],
            report.Findings.Where(finding => finding.Rule == "UT0101").Select(finding => finding.Path));
    }

    [Fact]
    public void An_archive_in_the_history_is_opened()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        using (var file = File.Create(Path.Join(repository.Folder, "model.zip")))
        using (var archive = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create))
        using (var entry = new StreamWriter(archive.CreateEntry("labels.py").Open()))
            entry.Write(TemporaryRepository.Labels);
        repository.Commit("2025-03-01");
        var removed = repository.Commit("2025-03-02", ("model.zip", null));
        var finding = Labels(repository.ScanAll());
        Assert.Equal(("model.zip!/labels.py", removed), (finding.Path, finding.Removed?.Hash));
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public void A_bare_repository_with_packs_is_read_for_both_kinds_of_ids(string format)
    {
        using var other = new TemporaryRepository("--object-format=" + format);
        other.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        var added = other.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        var removed = other.Commit("2025-03-02", ("labels.py", null));
        other.Git("gc", "-q", "--prune=now");
        other.Git("clone", "-q", "--bare", ".", other.Beside("bare.git"));
        var finding = Labels(TemporaryRepository.Scan(other.Beside("bare.git"), new HistoryRange.All()));
        Assert.Equal((added, removed), (finding.Added?.Hash, finding.Removed?.Hash));
    }

    [Fact]
    public void Only_what_lies_in_the_scanned_folder_is_read()
    {
        repository.Commit("2025-02-01", ("face/service.py", TemporaryRepository.FaceService), ("x/labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-03-01", ("x/labels.py", null));
        Assert.Empty(TemporaryRepository.Scan(Path.Join(repository.Folder, "face"), new HistoryRange.All()).Findings);
        repository.Commit("2025-03-02", ("face/labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-03-03", ("face/labels.py", null));
        var report = TemporaryRepository.Scan(Path.Join(repository.Folder, "face"), new HistoryRange.All());
        Assert.Equal("labels.py", Labels(report).Path);
    }

    [Fact]
    public void Untagignore_holds_for_files_that_are_gone()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("old/deep/labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-03-01", ("old/deep/labels.py", null), (".untagignore", "old/\n"));
        Assert.Empty(repository.ScanAll().Findings);
    }

    [Fact]
    public void No_name_and_no_address_of_a_person_is_in_a_report()
    {
        repository.Commit("2025-02-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-03-01", ("labels.py", null), ("service.py", TemporaryRepository.FaceService));
        var report = repository.ScanAll();
        var json = Reports.Samples.Written(stream => Untag.Scan.Reports.JsonReport.Write(report, stream));
        Assert.Contains("\"removed\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Unnamed", json, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody@", json, StringComparison.Ordinal);
    }

    private static Finding Labels(ScanReport report) =>
        Assert.Single(report.Findings, finding => finding.Rule == "UT0101");
}
