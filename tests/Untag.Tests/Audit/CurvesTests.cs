using System.Globalization;
using Untag.Audit;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

/// <summary>Error rates at other thresholds than the deployed one.</summary>
public sealed class CurvesTests
{
    private static readonly AuditRequest Decided = new()
    {
        Group = "group",
        Decisions = [Condition.Parse("alert = score >= 0.6")],
        Truth = "truth",
    };

    private readonly List<(string Group, double Score, bool Truth)> rows = [];

    [Fact]
    public void Each_point_has_the_rates_that_its_threshold_gives()
    {
        var report = Table(3_000).Audit(Decided);
        Assert.Equal(["g0", "g1", "g2"], report.Curves.Select(curve => curve.Group));
        foreach (var curve in report.Curves)
        {
            Assert.True(curve.Points.Count > 10);
            foreach (var point in curve.Points)
            {
                var (no, yes) = (rows.Where(row => row.Group == curve.Group && !row.Truth).ToList(), rows.Where(row => row.Group == curve.Group && row.Truth).ToList());
                Assert.Equal(no.Count(row => row.Score >= point.Threshold) / (double)no.Count, point.FalsePositive, 6);
                Assert.Equal(yes.Count(row => row.Score < point.Threshold) / (double)yes.Count, point.FalseNegative, 6);
            }
        }
    }

    // What the deployed rates and any two points give by subtraction is never about fewer than 10 people.
    [Fact]
    public void Between_two_thresholds_that_are_told_lie_10_people_of_each_group_and_truth()
    {
        var report = Table(2_000).Audit(Decided);
        var cuts = report.Curves[0].Points.Select(point => point.Threshold).Append(0.6).Append(double.MinValue).Append(double.MaxValue).Order().ToList();
        foreach (var (from, to) in cuts.Zip(cuts.Skip(1)))
        {
            foreach (var part in rows.GroupBy(row => (row.Group, row.Truth)))
                Assert.True(part.Count(row => row.Score >= from && row.Score < to) >= 10, $"{from} to {to} of {part.Key}");
        }
    }

    [Fact]
    public void A_decision_that_selects_below_is_turned_round()
    {
        var report = Table(3_000).Audit(Decided with { Decisions = [Condition.Parse("alert = score < 0.6")] });
        var points = report.Curves[0].Points;
        Assert.True(points[0].FalsePositive < points[^1].FalsePositive);
    }

    [Fact]
    public void A_small_group_has_no_curve_and_a_decision_without_a_threshold_neither()
    {
        var table = Table(3_000);
        for (var i = 0; i < 40; i++)
            table.Add(1, $"rare,0.{i + 10},{i % 2}");
        Assert.DoesNotContain(table.Audit(Decided).Curves, curve => curve.Group == "rare");
        Assert.Empty(Table(300).Audit(Decided with { Decisions = [Condition.Parse("truth")] }).Curves);
    }

    private AuditedTable Table(int people)
    {
        var random = new SeededRandom(12);
        var table = new AuditedTable("group,score,truth");
        for (var i = 0; i < people; i++)
        {
            var truth = random.NextBelow(2) == 1;
            var score = Math.Round(0.5 + (truth ? 0.15 : 0) + (0.1 * random.NextNormal()), 6);
            rows.Add(($"g{i % 3}", score, truth));
            table.Add(1, string.Create(CultureInfo.InvariantCulture, $"g{i % 3},{score},{(truth ? 1 : 0)}"));
        }

        return table;
    }
}
