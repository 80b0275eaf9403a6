using Untag.Scan;
using Untag.Scan.History;

namespace Untag.Tests.Scan.History;

public sealed class RangeTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public void A_tag_from_before_the_range_is_none_of_its_findings()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("labels.py", TemporaryRepository.Labels));
        repository.Git("tag", "base");
        repository.Commit("2025-03-01", ("labels.py", "x = 1\n" + TemporaryRepository.Labels));
        Assert.Empty(repository.ScanSince("base").Findings);
        repository.Commit("2025-03-02", ("labels.py", null));
        Assert.Empty(repository.ScanSince("base").Findings);
    }

    [Fact]
    public void A_tag_that_the_range_brought_is_found_whether_it_stayed_or_not()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("labels.py", "labels = []\n"));
        repository.Git("tag", "base");
        var added = repository.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        var finding = Labels(repository.ScanSince("base"));
        Assert.Equal((added, null), (finding.Added?.Hash, finding.Removed));
        var removed = repository.Commit("2025-03-02", ("labels.py", "labels = []\n"));
        Assert.Equal(removed, Labels(repository.ScanSince("base")).Removed?.Hash);
        Assert.Empty(repository.ScanSince("HEAD").Findings);
    }

    [Fact]
    public void The_rest_of_the_product_decides_what_a_new_file_means()
    {
        const string Races = "race = labels[0]\n";
        repository.Commit("2025-02-01", ("results.py", "print('ski')\n"));
        repository.Commit("2025-03-01", ("results.py", Races));
        var alone = repository.ScanSince("HEAD~1").Findings.Count(finding => finding.Level == Level.Error);
        repository.Commit("2025-04-01", ("service.py", TemporaryRepository.FaceService), ("tags.py", TemporaryRepository.Labels));
        repository.Commit("2025-05-01", ("more.py", Races));
        var within = repository.ScanSince("HEAD~1").Findings;
        Assert.Equal(0, alone);
        Assert.Equal("more.py", Assert.Single(within).Path);
    }

    [Fact]
    public void A_bare_repository_knows_its_product_from_HEAD()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService));
        repository.Commit("2025-03-01", ("labels.py", TemporaryRepository.Labels));
        repository.Git("clone", "-q", "--bare", ".", repository.Beside("bare.git"));
        var report = TemporaryRepository.Scan(repository.Beside("bare.git"), new HistoryRange.Since("HEAD~1"));
        Assert.Equal(Level.Error, Labels(report).Level);
    }

    [Fact]
    public void What_is_staged_is_read_and_what_is_not_is_left_alone()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("labels.py", "labels = []\n"));
        repository.Write("labels.py", TemporaryRepository.Labels);
        Assert.Empty(repository.ScanStaged().Findings);
        repository.Git("add", "labels.py");
        repository.Write("labels.py", "labels = []\n"); // the next commit holds what was staged
        var finding = Labels(repository.ScanStaged());
        Assert.Equal((null, null), (finding.Added, finding.Removed));
        repository.CommitStaged("2025-03-01");
        Assert.Empty(repository.ScanStaged().Findings);
    }

    [Fact]
    public void The_first_commit_of_a_repository_can_be_staged()
    {
        repository.Write("service.py", TemporaryRepository.FaceService);
        repository.Write("labels.py", TemporaryRepository.Labels);
        repository.Git("add", "--all");
        Labels(repository.ScanStaged());
        Assert.True(repository.ScanAll().Complete);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("--all")]
    [InlineData("^HEAD")]
    [InlineData("HEAD:labels.py")]
    [InlineData("")]
    public void What_names_no_commit_is_refused(string revision)
    {
        repository.Commit("2025-02-01", ("labels.py", "x = 1\n"));
        var opening = GitHistory.Open(repository.Folder, new HistoryRange.Since(revision), TestContext.Current.CancellationToken);
        Assert.Null(opening.History);
        Assert.Contains($"there is no commit `{revision}`", opening.Problem, StringComparison.Ordinal);
    }

    private static Finding Labels(ScanReport report) =>
        Assert.Single(report.Findings, finding => finding.Rule == "UT0101");
}
