using System.Globalization;
using CsCheck;
using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Lots;

/// <summary>The groups of people are drawn by lot for all outputs together.</summary>
public sealed class SharedLotsTests
{
    [Fact]
    public void The_same_output_ten_times_is_adjusted_as_one()
    {
        var random = new SeededRandom(6);
        var table = new AuditedTable("group,class");
        for (var i = 0; i < 600; i++)
        {
            var group = random.NextBelow(2);
            table.Add(1, $"g{group},c{random.NextBelow(3) + (random.NextUnit() < 0.07 ? group : 0)}");
        }

        var one = table.AuditFile(Outputs("class"));
        Assert.Equal(Adjustment.WestfallYoung, one.Method.AdjustedBy);
        Assert.InRange(one.Identify[0].P!.Value, 0.0005, 0.12);
        Assert.Equal(one.Identify[0].P!.Value, one.Identify[0].PAdjusted!.Value, 0.01);

        var copied = new AuditedTable("group,a,b,c,d,e,f,g,h");
        random = new SeededRandom(6);
        for (var i = 0; i < 600; i++)
        {
            var group = random.NextBelow(2);
            var value = random.NextBelow(3) + (random.NextUnit() < 0.07 ? group : 0);
            copied.Add(1, $"g{group}," + string.Join(',', Enumerable.Repeat($"c{value}", 8)));
        }

        var many = copied.AuditFile(Outputs("a", "b", "c", "d", "e", "f", "g", "h")).Identify
            .Where(line => line.Measure == "cramers_v" && line.Output.Length == 1).ToList(); // and not what two say together
        Assert.All(many, line => Assert.Equal(one.Identify[0].PAdjusted!.Value, line.PAdjusted!.Value, 0.02));
        Assert.All(copied.Audit(Outputs("a", "b", "c", "d", "e", "f", "g", "h")).Identify, line => Assert.Equal(Math.Min(1, 8 * line.P!.Value), line.PAdjusted!.Value, 0.05)); // Holm
    }

    // Three outputs that hang together, none of which says anything of the group.
    [Fact]
    public void Where_nothing_is_behind_any_output_one_falls_below_5_percent_in_5_percent_of_tables()
    {
        var random = new SeededRandom(31);
        var below = 0;
        for (var run = 0; run < 100; run++)
        {
            var table = new AuditedTable("person,group,a,b,score");
            for (var person = 0; person < 60; person++)
            {
                var (group, own) = (person % 2, random.NextBelow(3));
                for (var row = 0; row < 3; row++)
                    table.Add(1, string.Create(CultureInfo.InvariantCulture, $"{person},g{group},{own},{(random.NextUnit() < 0.8 ? own : random.NextBelow(3))},{own + random.NextUnit():F1}"));
            }

            var report = table.AuditFile(Outputs("a", "b", "score") with { Person = "person" });
            Assert.Equal(Adjustment.WestfallYoung, report.Method.AdjustedBy);
            below += report.Identify.Any(line => line.PAdjusted <= 0.05) ? 1 : 0;
        }

        Assert.InRange(below, 0, 12);
    }

    [Fact]
    public void Neither_the_order_of_rows_nor_the_names_of_people_change_anything()
    {
        var random = new SeededRandom(9);
        var table = new AuditedTable("person,group,camera,class,score,alert");
        for (var i = 0; i < 600; i++)
        {
            var person = random.NextBelow(150);
            table.Add(1, string.Create(CultureInfo.InvariantCulture, $"{person},g{person % 3},k{random.NextBelow(2)},c{random.NextBelow(4)},{random.NextUnit():F5},{random.NextBelow(2)}"));
        }

        var request = Outputs("class", "score") with { Person = "person", Strata = ["camera"], Decisions = [Condition.Parse("alert")] };
        var expected = AuditedTable.Json(table.AuditFile(request));
        Assert.Contains("westfall-young", expected, StringComparison.Ordinal);
        Gen.ULong.Sample(seed => Assert.Equal(expected, AuditedTable.Json(table.Shuffled(seed).AuditFile(request))), iter: 4, threads: 1);
    }

    [Fact]
    public void An_adjusted_chance_is_never_below_the_plain_one()
    {
        var random = new SeededRandom(10);
        var table = new AuditedTable("group,class,score");
        for (var i = 0; i < 900; i++)
        {
            var group = random.NextBelow(3);
            table.Add(1, string.Create(CultureInfo.InvariantCulture, $"g{group},c{random.NextBelow(4)},{random.NextUnit() + (group == 0 ? 0.3 : 0):F5}"));
        }

        var report = table.AuditFile(Outputs("class", "score"));
        Assert.All(report.Identify, line => Assert.True(line.PAdjusted >= line.P, line.ToString()));
        Assert.True(report.Identify.Single(line => line.Measure == "auc").PAdjusted < 0.01);
        Assert.True(report.Identify[0].PAdjusted > 0.05);
    }

    // Each camera is used for one group more, and sees everybody in one way: drawn over all cameras that would be a leak.
    [Fact]
    public void Groups_are_drawn_within_strata()
    {
        var random = new SeededRandom(13);
        var table = new AuditedTable("group,camera,class");
        for (var i = 0; i < 2_000; i++)
        {
            var north = random.NextUnit() < 0.5;
            table.Add(1, $"{(random.NextUnit() < (north ? 0.9 : 0.1) ? "a" : "b")},{(north ? "n" : "s")},{(random.NextUnit() < (north ? 0.8 : 0.2) ? "x" : "y")}");
        }

        Assert.True(table.AuditFile(Outputs("class")).Identify[0].PAdjusted < 0.001);
        var within = table.AuditFile(Outputs("class") with { Strata = ["camera"] }).Identify.First(line => line.Measure == "cramers_v_within");
        Assert.True(within.PAdjusted > 0.02);
    }

    private static AuditRequest Outputs(params string[] outputs) => new() { Group = "group", Outputs = outputs };
}
