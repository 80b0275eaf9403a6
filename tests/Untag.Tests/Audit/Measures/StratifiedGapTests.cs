using CsCheck;
using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Measures;

public sealed class StratifiedGapTests
{
    private const double Z = 1.959963984540054;

    // University Group Diabetes Program, deaths by age (Rothman, Greenland and Lash, Modern Epidemiology, 3rd ed., chapter 15):
    // 0.035 with the 90 % limits −0.018 and 0.087.
    [Fact]
    public void The_published_difference_and_its_limits_come_out()
    {
        var gap = Of([(8, 106, 5, 120), (22, 98, 16, 85)]);
        var limits = gap.Interval(1.6448536269514722);
        Assert.Equal(0.035, gap.Estimate, 3);
        Assert.Equal((-0.018, 0.087), (Math.Round(limits.Low, 3), Math.Round(limits.High, 3)));
        Assert.Equal((204, 205), (gap.FirstPeople, gap.SecondPeople));
    }

    [Fact]
    public void One_stratum_gives_newcombes_interval_and_the_guaranteed_one() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 60]).Sample((a, b) =>
        {
            var (first, second) = (RateOf(a, 40), RateOf(b, 60));
            var gap = StratifiedGap.Of([new Pair(first, second)])!;
            Assert.Equal(first.Estimate - second.Estimate, gap.Estimate, 12);
            Assert.Equal(first.Gap(second, Z), gap.Interval(Z));
            var expected = GuaranteedGap.Between(first, second, 0.95);
            Assert.Equal(Math.Max(-1, expected.Low), gap.Guaranteed(0.95).Low, 12);
            Assert.Equal(Math.Min(1, expected.High), gap.Guaranteed(0.95).High, 12);
        });

    [Fact]
    public void A_stratum_with_only_one_of_the_two_says_nothing()
    {
        Assert.Equal(0.1, StratifiedGap.Of([new Pair(RateOf(30, 100), RateOf(20, 100)), new Pair(RateOf(9, 10), default)])!.Estimate, 12);
        Assert.Null(StratifiedGap.Of([new Pair(RateOf(9, 10), default)]));
    }

    [Fact]
    public void Where_nobody_is_hit_the_guaranteed_interval_stays_open()
    {
        var gap = Of([(0, 100, 0, 100), (0, 100, 0, 100)]);
        Assert.Equal(new Interval(0, 0), gap.Interval(Z));
        Assert.True(gap.Guaranteed(0.95) is { Low: < -0.01, High: > 0.01 });
    }

    // People who are before both cameras and do the same there: two looks at one person are one.
    [Fact]
    public void The_interval_of_people_who_are_in_several_strata_is_as_wide_as_that_of_one()
    {
        var (rate, other) = (RateOf(30, 100), RateOf(20, 100));
        var once = StratifiedGap.Of([new Pair(rate, other)])!;
        var twice = StratifiedGap.Of([new Pair(rate, other), new Pair(rate, other)], overlap: 2)!;
        Assert.Equal(once.Guaranteed(0.95).High, twice.Guaranteed(0.95).High, 9);
        Assert.Equal(100, twice.FirstPeople);
    }

    // Strata of very different rates and mixtures, and a difference of 0.05 in each.
    [Theory]
    [InlineData(4, 200)]
    [InlineData(20, 30)]
    public void Both_intervals_cover_the_difference(int strata, int people)
    {
        var random = new SeededRandom(7);
        int printed = 0, judged = 0;
        for (var run = 0; run < 500; run++)
        {
            var pairs = new List<Pair>();
            for (var s = 0; s < strata; s++)
            {
                var rate = 0.05 + (0.4 * s / strata);
                var first = people * (s + 1) / strata;
                pairs.Add(new Pair(Drawn(first + 5, rate + 0.05), Drawn(people - first + 5, rate)));
            }

            var gap = StratifiedGap.Of(pairs)!;
            printed += Covers(gap.Interval(Z));
            judged += Covers(gap.Guaranteed(0.95));
        }

        Assert.InRange(printed / 500.0, 0.92, 0.98);
        Assert.InRange(judged / 500.0, 0.95, 1);

        Rate Drawn(int trials, double rate) => RateOf(Enumerable.Range(0, trials).Count(_ => random.NextUnit() < rate), trials);
        static int Covers(Interval interval) => interval.Low <= 0.05 && 0.05 <= interval.High ? 1 : 0;
    }

    private static StratifiedGap Of((int A, int N, int B, int M)[] strata) =>
        StratifiedGap.Of([.. strata.Select(s => new Pair(RateOf(s.A, s.N), RateOf(s.B, s.M)))])!;

    private static Rate RateOf(int hits, int trials) => Rate.Of(CellSums.OfSingles(trials, hits))!.Value;
}
