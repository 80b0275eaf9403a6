using System.Globalization;
using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit;

/// <summary>Outputs of numbers: what tells a group is found, wherever it is hidden, and what merely varies is not.</summary>
public sealed class ScoresTests
{
    private static readonly AuditRequest Scored = new() { Group = "group", Outputs = ["score"] };

    [Fact]
    public void A_score_that_merely_varies_holds()
    {
        var report = Table(20_000, (random, _) => random.NextUnit()).Audit(Scored);
        Assert.Equal(Verdict.Holds, report.NoTagLeaked);
        Assert.InRange(Line(report, "score", "auc").Estimate!.Value, 0.5, 0.53);
    }

    [Fact]
    public void A_score_that_is_higher_for_a_group_fails_with_its_area()
    {
        var report = Table(4_000, (random, group) => random.NextNormal() + (group == 0 ? 1 : 0)).Audit(Scored);
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
        var auc = Line(report, "score", "auc");
        Assert.Equal(("g0", Verdict.Fails), (auc.Group, auc.Verdict));
        Assert.InRange(auc.Estimate!.Value, 0.74, 0.78); // Φ(1/√2) = 0.760
    }

    [Fact]
    public void A_bit_in_the_7th_decimal_is_found_where_the_order_shows_nothing()
    {
        var report = Table(4_000, (random, group) => Math.Round(random.NextUnit(), 6) + (group == 0 ? 1e-7 : 0)).Audit(Scored);
        Assert.Equal(Verdict.Holds, Line(report, "score", "auc").Verdict);
        var digit = Line(report, "score, decimal 7", "cramers_v");
        Assert.Equal((1.0, Verdict.Fails), (digit.Estimate, digit.Verdict));
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
    }

    [Fact]
    public void A_group_that_gets_only_middling_numbers_is_found_by_the_shape()
    {
        var report = Table(4_000, (random, group) => group == 0 ? 0.4 + (random.NextUnit() / 5) : random.NextUnit()).Audit(Scored);
        Assert.Equal(Verdict.Holds, Line(report, "score", "auc").Verdict);
        Assert.Equal(Verdict.Fails, Line(report, "score", "cramers_v").Verdict);
    }

    [Fact]
    public void Numbers_of_few_values_are_measured_by_value_and_by_order()
    {
        var report = Table(4_000, (random, _) => random.NextBelow(10)).Audit(Scored);
        Assert.Equal(["cramers_v", "cramers_v_corrected", "mutual_information_nats", "mutual_information_nats_corrected", "g", "auc"], report.Identify.Select(line => line.Measure));
        Assert.Equal(Verdict.Holds, report.NoTagLeaked);
    }

    [Fact]
    public void People_with_many_rows_count_once()
    {
        var (once, often) = (new AuditedTable("person,group,score"), new AuditedTable("person,group,score"));
        var random = new SeededRandom(8);
        for (var person = 0; person < 2_000; person++)
        {
            var row = string.Create(CultureInfo.InvariantCulture, $"{person},g{person % 2},{random.NextUnit():F6}");
            once.Add(1, row);
            often.Add(5, row);
        }

        var request = Scored with { Person = "person" };
        var (one, many) = (Line(once.Audit(request), "score", "auc"), Line(often.Audit(request), "score", "auc"));
        Assert.Equal(one.Estimate, many.Estimate);
        Assert.Equal(one.High!.Value, many.High!.Value, 0.002);
    }

    [Fact]
    public void Fewer_than_50_people_of_a_group_are_insufficient_however_well_the_score_tells_them()
    {
        var table = new AuditedTable("group,score");
        for (var i = 0; i < 3_000; i++)
            table.Add(1, string.Create(CultureInfo.InvariantCulture, $"{(i < 40 ? "a" : "b")},{(i < 40 ? 2 : 0) + (i / 3000.0)}"));
        Assert.Equal(Verdict.Insufficient, Line(table.Audit(Scored), "score", "auc").Verdict);
    }

    [Fact]
    public void A_score_of_one_group_alone_is_insufficient_and_no_pass()
    {
        var table = new AuditedTable("group,score");
        for (var i = 0; i < 2_000; i++)
            table.Add(1, $"a,{i}");
        Assert.Equal(Verdict.Insufficient, table.Audit(Scored).NoTagLeaked);
    }

    private static AuditedTable Table(int people, Func<SeededRandom, int, double> score)
    {
        var random = new SeededRandom(5);
        var table = new AuditedTable("group,score");
        for (var i = 0; i < people; i++)
        {
            var group = random.NextBelow(3);
            table.Add(1, string.Create(CultureInfo.InvariantCulture, $"g{group},{score(random, group):0.#########}"));
        }

        return table;
    }

    private static IdentifyLine Line(AuditReport report, string output, string measure) =>
        report.Identify.First(line => line.Output == output && line.Measure == measure);
}
