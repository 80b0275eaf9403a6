using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

/// <summary>Rows that could not be enrolled or acquired: counted by group, and in no other measure.</summary>
public sealed class FailuresTests
{
    private static readonly AuditRequest Asked = new()
    {
        Group = "group",
        Outputs = ["class"],
        Decisions = [Condition.Parse("alert = score >= 0.5")],
        Failures = [Condition.Parse("enrolled == no") with { Name = "fte" }, Condition.Parse("score == \"\"") with { Name = "fta" }],
    };

    // 2,000 people of each group: a fails to enrol in 10 %, b in 2 %; a score is missing in 5 % of both.
    private static AuditedTable Table() => new AuditedTable("group,enrolled,class,score")
        .Add(200, "a,no,,").Add(100, "a,yes,,").Add(850, "a,yes,x,0.9").Add(850, "a,yes,y,0.1")
        .Add(40, "b,no,,").Add(100, "b,yes,,").Add(930, "b,yes,x,0.9").Add(930, "b,yes,y,0.1");

    [Fact]
    public void Failures_are_rates_of_all_rows_of_a_group_with_gaps_and_ratios()
    {
        var report = Table().AuditFile(Asked);
        Assert.Equal((3_560, 3_560), (report.Rows, report.People));
        Assert.Equal((0.10, 0.02), (Line(report, "fte", "a").Estimate, Line(report, "fte", "b").Estimate));
        Assert.Equal(2_000, Line(report, "fte", "a").N);
        Assert.Equal((0.08, Verdict.Fails), (Gap(report, "fte_gap").Estimate, Gap(report, "fte_gap").Verdict));
        Assert.Equal(5, Gap(report, "fte_ratio").Estimate);
        Assert.Equal((0.15, 0.07), (Line(report, "fta", "a").Estimate, Line(report, "fta", "b").Estimate));
        Assert.Equal(Verdict.Fails, report.NoGroupTargeted);
    }

    [Fact]
    public void Rows_that_failed_are_in_no_other_measure()
    {
        var report = Table().AuditFile(Asked);
        Assert.Equal((0.5, 1_700), (Line(report, "selection_rate", "a").Estimate, Line(report, "selection_rate", "a").N));
        Assert.Equal(0, report.Identify.First(line => line is { Output: "class", Measure: "cramers_v" }).Estimate);
    }

    [Fact]
    public void A_tag_in_what_is_missing_is_a_leak()
    {
        var report = new AuditedTable("group,enrolled,class,score").Add(500, "a,yes,x,").Add(500, "a,yes,x,0.9").Add(1_000, "b,yes,x,0.9")
            .AuditFile(Asked);
        Assert.Equal(Verdict.Fails, report.Identify.Single(line => line is { Output: "fta", Measure: "cramers_v_corrected" }).Verdict);
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
    }

    [Fact]
    public void Failures_alone_can_be_measured_and_their_verdict_is_that_of_the_claim()
    {
        var report = Table().AuditFile(Asked with { Outputs = [], Decisions = [] });
        Assert.Equal(["fte", "fta"], report.Target.Select(line => line.Decision).Distinct());
        Assert.Equal(Verdict.Fails, report.NoGroupTargeted);
    }

    [Fact]
    public void A_cell_that_says_neither_is_told_with_its_place()
    {
        var table = new AuditedTable("group,failed,class").Add(1, "a,0,x").Add(1, "a,maybe,x");
        var problem = Assert.Throws<AuditInputException>(
            () => table.AuditFile(new AuditRequest { Group = "group", Outputs = ["class"], Failures = [Condition.Parse("failed") with { Name = "fte" }] }));
        Assert.Equal("t.csv:3: column `failed` cannot be compared", problem.Message);
    }

    [Fact]
    public void A_column_of_failures_that_is_not_there_is_told()
    {
        var problem = Assert.Throws<AuditInputException>(() => Table().AuditFile(Asked with { Failures = [Condition.Parse("enroled == no")] }));
        Assert.Equal(("`t.csv` has no column `enroled`", "did you mean `enrolled`?"), (problem.Message, problem.Hint));
    }

    private static TargetLine Line(AuditReport report, string measure, string group) =>
        report.Target.Single(line => line.Measure == measure && line.Group == group && line.Reference is null);

    private static TargetLine Gap(AuditReport report, string measure) =>
        report.Target.Single(line => line.Measure == measure && line.Group == "a" && line.Reference == "b");
}
