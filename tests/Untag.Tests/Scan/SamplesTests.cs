using Untag.Policy;
using Untag.Scan;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan;

public sealed class SamplesTests
{
    private static readonly ScanReport Acme = Scan("acme-face");

    /// <summary>The decisive places of the sample, as a line that must be met within two lines.</summary>
    public static TheoryData<string, int> Tags => new()
    {
        { "openapi.yaml", 81 },
        { "models/face_attributes.json", 13 },
        { "models/face_attributes.json", 20 },
        { "labels/attributes.txt", 7 },
        { "labels/attributes.txt", 13 },
        { "src/acme_face/analyze.py", 11 },
        { "src/acme_face/analyze.py", 19 },
        { "src/acme_face/analyze.py", 32 },
        { "src/acme_face/vendor.py", 7 },
        { "src/acme_face/vendor.py", 32 },
        { "web/src/api.ts", 1 },
        { "web/src/FacePanel.tsx", 17 },
        { "client/java/src/main/java/com/example/acmeface/FaceAttributes.java", 6 },
        { "client/java/src/main/java/com/example/acmeface/FaceAttributes.java", 15 },
        { "db/migrations/0003_face_attributes.sql", 6 },
        { "config/alerts.yaml", 5 },
        { "config/alerts.yaml", 11 },
        { "config/kafka.yaml", 5 },
        { "tests/test_analyze.py", 16 },
        { "i18n/zh-CN.json", 5 },
    };

    public static TheoryData<string> Innocent =>
    [
        "CODE_OF_CONDUCT.md", "i18n/languages.json", "src/acme_face/preprocess.py", "src/acme_face/worker.py",
        "web/src/palette.ts", "untag.yaml", "pyproject.toml",
    ];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Every_tag_of_acme_face_is_an_error(string path, int line) =>
        Assert.True(
            Acme.Findings.Any(finding => finding.Path == path && finding.Level == Level.Error
                && finding.Line is { } found && Math.Abs(found - line) <= 2),
            Product.Describe(Acme with { Findings = [.. Acme.Findings.Where(finding => finding.Path == path)] }));

    [Theory]
    [InlineData("docs/api.md")]
    [InlineData("docs/接口说明.md")]
    public void What_the_manuals_of_acme_face_say_is_a_warning(string path) =>
        Assert.Contains(Acme.Findings, finding => finding.Path == path && finding.Level == Level.Warning);

    [Theory]
    [MemberData(nameof(Innocent))]
    public void The_innocent_files_of_acme_face_are_silent(string path) =>
        Assert.DoesNotContain(Acme.Findings, finding => finding.Path == path);

    [Fact]
    public void The_watch_list_of_acme_face_belongs_to_its_own_claim() =>
        Assert.Contains(Acme.Findings, finding => finding.Rule == "UT0201" && finding.Kind == FindingKind.Watchlist);

    [Fact]
    public void Clean_face_is_clean()
    {
        var report = Scan("clean-face");
        Assert.True(report.Findings.Count == 0, Product.Describe(report));
        Assert.Equal(ScanVerdict.Clean, report.Verdict);
    }

    [Fact]
    public void Fair_face_has_notes_about_fairness_only()
    {
        var report = Scan("fair-face");
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings, finding => Assert.Equal((Level.Note, FindingClass.FairnessUse), (finding.Level, finding.Class)));
    }

    [Fact]
    public void The_report_is_the_same_whatever_the_number_of_workers()
    {
        var one = Scan("acme-face", workers: 1);
        var four = Scan("acme-face", workers: 4);
        Assert.Equal(one.Findings.Select(finding => finding.Fingerprint), four.Findings.Select(finding => finding.Fingerprint));
    }

    private static ScanReport Scan(string sample, int workers = 2) => Scanner.Scan(
        new ScanRequest
        {
            Policy = TagPolicy.Default,
            Sources = [new ScanSource.OnDisk(Repository.File("samples", sample), "")],
            Workers = workers,
        },
        progress: null,
        TestContext.Current.CancellationToken);
}
