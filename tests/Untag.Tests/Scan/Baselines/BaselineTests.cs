using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Allowances;
using Untag.Scan.Baselines;
using Untag.Tests.Check;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Scan.Baselines;

public sealed class BaselineTests
{
    private const string Head = "# face attribute head\n";
    private const string Classes = "CLASSES = [\"White\", \"Black\", \"Indian\", \"East Asian\", \"Middle Eastern\"]\n";
    private const string Scores = "race_scores = model.predict(face_image)  # age, gender, race of the face\n";

    [Fact]
    public void Moved_lines_stay_known()
    {
        var baseline = Baseline.Of(Product.Scan(("a.py", Head + Classes)));
        var marked = baseline.Mark(Product.Scan(("a.py", Head + "import sys\n\n\n" + Classes)));
        Assert.Equal(BaselineState.Known, Assert.Single(marked.Findings).Baseline);
        Assert.Equal((0, 1, ScanVerdict.Known), (marked.Totals.Errors, marked.Totals.Known, marked.Verdict));
        Assert.Empty(marked.Baseline!.Gone);
    }

    [Fact]
    public void The_same_line_for_a_second_time_shows()
    {
        var baseline = Baseline.Of(Product.Scan(("a.py", Head + Classes)));
        var marked = baseline.Mark(Product.Scan(("a.py", Head + Classes + "\n\ndef area(width, height):\n    return width * height\n\n\n" + Classes)));
        Assert.Equal([BaselineState.Known, BaselineState.New], marked.Findings.Select(finding => finding.Baseline));
        Assert.Equal(ScanVerdict.Findings, marked.Verdict);
    }

    [Fact]
    public void A_second_finding_on_a_known_line_shows()
    {
        var line = Classes.TrimEnd('\n');
        var baseline = Baseline.Of(Product.Scan(("a.py", Head + Classes)));
        var marked = baseline.Mark(Product.Scan(("a.py", Head + line + "; " + Scores)));
        Assert.Contains(marked.Findings, finding => finding is { Rule: not "UT0101", Baseline: BaselineState.New, Level: Level.Error });
        Assert.Equal(ScanVerdict.Findings, marked.Verdict);
    }

    [Fact]
    public void What_is_mended_is_gone_and_what_was_not_read_is_neither()
    {
        var baseline = Baseline.Of(Product.Scan(("a.py", Head + Classes), ("b.py", Head + Classes)));
        var marked = baseline.Mark(Product.Scan(("a.py", Head)));
        Assert.Equal("a.py", Assert.Single(marked.Baseline!.Gone).Path);
        Assert.Equal((0, 1), (marked.Baseline.Known, marked.Baseline.NotRead));
        Assert.Equal(ScanVerdict.Clean, marked.Verdict);
    }

    [Fact]
    public void A_file_that_was_deleted_is_gone_when_the_whole_product_was_read()
    {
        var baseline = Baseline.Of(Samples.Report(Samples.LabelMap));
        Assert.Equal(1, baseline.Mark(Samples.Report()).Baseline!.NotRead);
        Assert.Single(baseline.Mark(Samples.Report() with { ReadsWholeProduct = true }).Baseline!.Gone);
    }

    [Fact]
    public void What_could_not_be_read_is_not_gone()
    {
        var inside = Samples.LabelMap with { Path = "dist/broken file.zip!/a.py" };
        var marked = Baseline.Of(Samples.Report(inside)).Mark(Samples.Partial() with { ReadsWholeProduct = true });
        Assert.Empty(marked.Baseline!.Gone);
        Assert.Equal(1, marked.Baseline.NotRead);
        Assert.Equal(ScanVerdict.Partial, marked.Verdict);
    }

    [Fact]
    public void A_warning_that_has_become_an_error_is_new()
    {
        var baseline = Baseline.Of(Samples.Report(Samples.LabelMap with { Level = Level.Warning }));
        Assert.Equal(BaselineState.New, baseline.Mark(Samples.Report(Samples.LabelMap)).Findings[0].Baseline);
    }

    [Fact]
    public void No_baseline_holds_notes_or_allowances_that_are_not_in_force()
    {
        var expired = Samples.LabelMap with { Rule = AllowanceRules.NotInForce, Fingerprint = "e0" };
        var note = Samples.LabelMap with { Level = Level.Note, Fingerprint = "e1" };
        Assert.Empty(Baseline.Of(Samples.Report(expired, note)).Entries);
        var forged = new Baseline
        {
            Until = new DateOnly(2027, 1, 1),
            Entries = [new BaselineEntry(expired.Path, expired.Rule, Level.Error, expired.Fingerprint)],
        };
        Assert.Equal(BaselineState.New, forged.Mark(Samples.Report(expired)).Findings[0].Baseline);
    }

    [Fact]
    public async Task The_file_keeps_to_its_schema_is_sorted_and_reads_back()
    {
        var report = Report(Samples.LabelMap with { Path = "z.py" }, Samples.Head, Samples.LabelMap);
        var baseline = Baseline.Of(report);
        Assert.Equal(["dist/app.zip!/model.bin", "src/人种/labels, v2.py", "z.py"], baseline.Entries.Select(entry => entry.Path));
        Assert.Equal(new DateOnly(2027, 5, 22), baseline.Until); // 180 days after 2026-11-23
        var json = Samples.Written(stream => BaselineFile.Write(baseline, report, stream));
        Assert.Equal("", await Samples.Violations(Samples.Schema("baseline.schema.json"), json));
        Assert.NotEqual("", await Samples.Violations(
            Samples.Schema("baseline.schema.json"), json.Replace("\"error\"", "\"note\"", StringComparison.Ordinal)));
        var read = Read(json).Baseline!;
        Assert.Equal((baseline.Until, 3), (read.Until, read.Entries.Count));
        Assert.Equal(baseline.Entries, read.Entries);
    }

    [Theory]
    [InlineData("\"untag/baseline/1\"", "\"untag/scan/1\"", "is not a baseline: its schema is `untag/scan/1`, not `untag/baseline/1`")]
    [InlineData("\"until\": \"2027-05-22\"", "\"until\": \"2026-11-22\"", "ended on 2026-11-22")]
    [InlineData("\"level\": \"error\"", "\"level\": \"fatal\"", "is not a baseline: a field is missing or has no such value")]
    [InlineData("\"fingerprint\"", "\"fingerpint\"", "is not a baseline: a field is missing or has no such value")]
    [InlineData("\"rule\": \"UT0101\"", "\"rule\": [1", "is not a baseline: the JSON is broken near line 15")]
    public void A_file_that_cannot_be_used_says_why_and_what_to_do(string from, string to, string problem)
    {
        var report = Report(Samples.LabelMap);
        var json = Samples.Written(stream => BaselineFile.Write(Baseline.Of(report), report, stream));
        var read = Read(json.Replace(from, to, StringComparison.Ordinal));
        Assert.Null(read.Baseline);
        Assert.Equal(problem, read.Problem);
        Assert.NotEmpty(read.Hint!);
    }

    [Fact]
    public void A_file_of_another_policy_is_refused()
    {
        var report = Samples.Report(Samples.LabelMap); // its digest is 64 times a
        var read = Read(Samples.Written(stream => BaselineFile.Write(Baseline.Of(report), report, stream)));
        Assert.StartsWith("was written with another policy (`default`, aaaaaaaaaaaa…; now `default`, ", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_cut_off_a_file_is_never_read_as_a_baseline()
    {
        var report = Report(Samples.LabelMap, Samples.Head);
        var json = Samples.Written(stream => BaselineFile.Write(Baseline.Of(report), report, stream));
        for (var length = 0; length < json.Length - 2; length++)
            Assert.NotNull(Read(json[..length]).Problem);
    }

    [Fact]
    public void A_baseline_changes_no_claim()
    {
        var request = new Untag.Check.CheckRequest
        {
            Product = Untag.Check.ProductFile.Without("acme"),
            Policy = TagPolicy.Default,
            Scan = new ScanRequest { Policy = TagPolicy.Default, Sources = [] },
            Baseline = Baseline.Of(Samples.Report(Samples.LabelMap)),
        };
        var report = Untag.Check.Checker.Judge(request, [], [], Samples.Report(Samples.LabelMap), null, TestContext.Current.CancellationToken);
        Assert.Equal(Untag.Check.ClaimVerdict.Fails, report.Claims[0].Verdict);
        Assert.Equal(
            ["1 finding of level error in 1 file", "1 of them in the baseline: known, and counted all the same"],
            report.Claims[0].Failed);
        Assert.Equal(1, report.Baseline!.Known);
    }

    private static ScanReport Report(params Finding[] findings) =>
        Samples.Report(findings) with { PolicyDigest = TagPolicy.Default.Digest };

    private static BaselineResult Read(string json)
    {
        using var folder = new ProductFolder(("baseline.json", json));
        return BaselineFile.Read(folder.At("baseline.json"), TagPolicy.Default, ProductFolder.Clock);
    }
}
