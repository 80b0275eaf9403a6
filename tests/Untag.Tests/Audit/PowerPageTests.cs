using Untag.Tests.Architecture;

namespace Untag.Tests.Audit;

/// <summary>What the intervals and verdicts of an audit are worth, by simulation.</summary>
public sealed class PowerPageTests
{
    [Fact]
    public void Printed_intervals_cover_94_to_98_percent_on_average() =>
        Assert.InRange(PowerPage.Coverages.Average(point => point.Printed), 0.94, 0.98);

    [Fact]
    public void With_one_row_a_person_the_interval_of_a_verdict_never_covers_less_than_it_says() =>
        Assert.All(PowerPage.Coverages.Where(point => !point.Clustered), point => Assert.True(point.Judged >= 0.95, point.ToString()));

    [Fact]
    public void The_worst_point_is_better_than_that_of_the_textbook()
    {
        Assert.True(PowerPage.Coverages.Min(point => point.Printed) > PowerPage.Coverages.Min(point => point.Textbook));
        Assert.True(PowerPage.Coverages.Min(point => point.Judged) > PowerPage.Coverages.Min(point => point.Textbook));
    }

    [Fact]
    public void Each_verdict_at_the_tolerance_is_wrong_in_at_most_5_percent() =>
        Assert.All(PowerPage.Powers.Where(power => power.Gap == 0.05), power =>
        {
            Assert.InRange(power.Holds, 0, 0.05);
            Assert.InRange(power.Fails, 0, 0.05);
        });

    [Fact]
    public void Enough_people_settle_it_either_way()
    {
        Assert.True(PowerPage.Powers.Single(power => power is { People: 5_000, Gap: 0 }).Holds > 0.99);
        Assert.True(PowerPage.Powers.Single(power => power is { People: 5_000, Gap: 0.10 }).Fails > 0.99);
    }

    [Fact]
    public void The_page_shows_what_the_simulation_gives()
    {
        var path = Repository.File("docs", "audit-power.md");
        var text = PowerPage.Text();
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return;
        var written = Path.Join(Path.GetTempPath(), "untag-audit-power.md");
        File.WriteAllText(written, text);
        Assert.Fail($"docs/audit-power.md is not what the simulation gives; what it should be is in {written}");
    }
}
