using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Tables;
using Untag.Tests.Architecture;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Audit;

/// <summary>ProPublica's two-year file, whose figures are published.</summary>
public sealed class CompasTests
{
    private const string Black = "African-American";
    private const string White = "Caucasian";

    private static readonly string File = Path.Join(Repository.Shared, "data", "compas_for_aequitas.csv");
    private static readonly Lazy<AuditReport> Report = new(() => Auditor.Audit(
        new AuditRequest
        {
            Group = "race",
            Person = "entity_id",
            Decisions = [Condition.Parse("score == 1")],
            Truth = "label_value",
        },
        [TableSource.At(File)], default));

    public CompasTests() => Assert.SkipUnless(System.IO.File.Exists(File), "the table (../shared/data/compas_for_aequitas.csv) is not here");

    [Theory]
    [InlineData("fpr", Black, 805 / (990 + 805.0))]
    [InlineData("fnr", Black, 532 / (532 + 1369.0))]
    [InlineData("fpr", White, 349 / (1139 + 349.0))]
    [InlineData("fnr", White, 461 / (461 + 505.0))]
    public void The_published_error_rates_come_out(string measure, string group, double rate) =>
        Assert.Equal(rate, Line(measure, group).Estimate!.Value, 6);

    [Fact]
    public void The_published_percentages_come_out() =>
        Assert.Equal(
            ["44.85", "27.99", "23.45", "47.72"],
            new[] { Line("fpr", Black), Line("fnr", Black), Line("fpr", White), Line("fnr", White) }
                .Select(line => (100 * line.Estimate!.Value).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_gap_and_its_newcombe_interval_come_out()
    {
        var gap = Line("fpr_gap", Black, White);
        Assert.Equal((0.213925, 0.182053, 0.245023), (gap.Estimate, gap.Low, gap.High));
        Assert.Equal(Verdict.Fails, gap.Verdict);
    }

    [Fact]
    public void The_ratio_and_its_katz_interval_come_out()
    {
        var ratio = Line("fpr_ratio", Black, White);
        Assert.Equal((1.912093, 1.721239, 2.124108), (ratio.Estimate, ratio.Low, ratio.High));
        Assert.Null(ratio.Verdict);
    }

    [Theory]
    [InlineData("cramers_v", 0.273483)]
    [InlineData("cramers_v_corrected", 0.272232)]
    [InlineData("mutual_information_nats", 0.038260)]
    [InlineData("g", 552.02022)]
    public void What_the_selection_says_of_the_six_groups_comes_out(string measure, double value)
    {
        var line = Report.Value.Identify.Single(line => line.Measure == measure);
        Assert.Equal(value, line.Estimate!.Value, 6);
        Assert.Equal(0.0001, line.P);
    }

    [Theory]
    [InlineData("Native American")]
    [InlineData("Asian")]
    public void A_group_of_18_or_32_is_neither_fair_nor_unfair(string group)
    {
        var lines = Report.Value.Target.Where(line => line.Group == group || line.Reference == group).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Null(line.Estimate));
        Assert.All(lines, line => Assert.True(line.Verdict is null or Verdict.Insufficient));
        Assert.Contains(Report.Value.Settles, line => line.Group == group && line.PeopleNeeded >= 50);
    }

    [Fact]
    public void The_claims_fail() =>
        Assert.Equal((Verdict.Fails, Verdict.Fails), (Report.Value.NoTagLeaked, Report.Value.NoGroupTargeted));

    [Fact]
    public async Task The_document_keeps_to_its_schema() =>
        Assert.Equal("", await Samples.Violations(Samples.Schema("audit.schema.json"), AuditedTable.Json(Report.Value)));

    private static TargetLine Line(string measure, string group, string? reference = null) =>
        Report.Value.Target.Single(line => line.Measure == measure && line.Group == group && line.Reference == reference);
}
