using System.Globalization;
using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

/// <summary>Somebody hides a group in outputs, and somebody else has outputs that merely vary.</summary>
public sealed class HiddenTagsTests
{
    [Fact]
    public void A_group_in_two_outputs_of_which_neither_tells_anything_is_found()
    {
        var report = Pairs((random, group, key) => key ^ group).AuditFile(Outputs("a", "b"));
        Assert.All(report.Identify.Where(line => line.Output is "a" or "b" && line.Verdict is not null), line => Assert.Equal(Verdict.Holds, line.Verdict));
        var together = report.Identify.Single(line => line is { Output: "a, with b", Measure: "cramers_v_corrected" });
        Assert.InRange(together.Estimate!.Value, 0.99, 1);
        Assert.Equal(Verdict.Fails, together.Verdict);
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
    }

    [Fact]
    public void A_group_in_a_class_and_a_score_together_is_found()
    {
        var random = new SeededRandom(4);
        var table = new AuditedTable("group,a,b");
        for (var i = 0; i < 4_000; i++)
        {
            var (group, key) = (random.NextBelow(2), random.NextBelow(2));
            var score = (random.NextUnit() + (key ^ group)) / 2;
            table.Add(1, string.Create(CultureInfo.InvariantCulture, $"g{group},c{key},{score:F6}"));
        }

        var report = table.AuditFile(Outputs("a", "b"));
        Assert.Equal(Verdict.Holds, report.Identify.Single(line => line is { Output: "b", Measure: "auc" }).Verdict);
        Assert.Equal(Verdict.Fails, report.Identify.Single(line => line is { Output: "a, with b", Measure: "cramers_v_corrected" }).Verdict);
    }

    // Outputs that hang together and say nothing of the group: the pair is told, and not judged.
    [Fact]
    public void Two_outputs_that_hang_together_are_no_tag()
    {
        var report = Pairs((random, _, key) => random.NextUnit() < 0.9 ? key : 1 - key).AuditFile(Outputs("a", "b"));
        Assert.Equal(Verdict.Holds, report.NoTagLeaked);
        Assert.Null(report.Identify.Single(line => line.Output == "a, with b").Verdict);
    }

    [Fact]
    public void Four_outputs_that_merely_vary_are_no_tags()
    {
        var random = new SeededRandom(14);
        var table = new AuditedTable("group,a,b,c,score");
        for (var i = 0; i < 6_000; i++)
        {
            table.Add(1, string.Create(
                CultureInfo.InvariantCulture,
                $"g{random.NextBelow(4)},{random.NextBelow(2)},{random.NextBelow(5)},{random.NextBelow(8)},{random.NextNormal():F3}"));
        }

        var report = table.AuditFile(Outputs("a", "b", "c", "score"));
        Assert.Equal(Verdict.Holds, report.NoTagLeaked);
        Assert.All(report.Identify, line => Assert.True(line.PAdjusted is null or > 0.05, line.ToString()));
    }

    // Of three groups one has 4 who were selected: the other rates and V of the whole would give them.
    [Fact]
    public void What_a_decision_says_of_all_groups_does_not_give_the_one_rate_that_is_withheld()
    {
        var table = new AuditedTable("group,alert").Add(300, "a,1").Add(700, "a,0").Add(200, "b,1").Add(800, "b,0").Add(4, "c,1").Add(96, "c,0");
        var request = new AuditRequest { Group = "group", Decisions = [Condition.Parse("alert")] };
        var report = table.AuditFile(request);
        Assert.All(report.Identify, line => Assert.Equal((null, null, null), (line.Estimate, line.Low, line.High)));
        Assert.Equal(Verdict.Fails, report.NoGroupTargeted);
        Assert.All(table.Add(16, "d,1").Add(6, "d,0").AuditFile(request).Identify, line => Assert.NotNull(line.Estimate)); // two are withheld
    }

    [Fact]
    public void Three_who_failed_do_not_follow_from_the_rows_of_the_table()
    {
        var request = new AuditRequest { Group = "group", Decisions = [Condition.Parse("alert")], Failures = [Condition.Parse("failed") with { Name = "fta" }] };
        AuditedTable Table(int failed) => new AuditedTable("group,alert,failed").Add(300, "a,1,0").Add(700, "a,0,0").Add(failed, "a,0,1")
            .Add(200, "b,1,0").Add(800, "b,0,0").Add(50, "b,0,1");
        var (three, five) = (Table(3).AuditFile(request), Table(5).AuditFile(request));
        Assert.Equal(three.Target.Where(line => line.Estimate is not null), five.Target.Where(line => line.Estimate is not null));
        Assert.Equal((three.Rows, three.People), (five.Rows, five.People));
        Assert.Equal(three.Groups, five.Groups);
        Assert.Equal(three.Identify.Select(line => line.Estimate), five.Identify.Select(line => line.Estimate));
    }

    private static AuditedTable Pairs(Func<SeededRandom, int, int, int> second)
    {
        var random = new SeededRandom(8);
        var table = new AuditedTable("group,a,b");
        for (var i = 0; i < 4_000; i++)
        {
            var (group, key) = (random.NextBelow(2), random.NextBelow(2));
            table.Add(1, $"g{group},x{key},y{second(random, group, key)}");
        }

        return table;
    }

    private static AuditRequest Outputs(params string[] outputs) => new() { Group = "group", Outputs = outputs };
}
