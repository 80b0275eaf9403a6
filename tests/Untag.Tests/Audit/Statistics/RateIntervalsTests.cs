using CsCheck;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Statistics;

/// <summary>The examples of Newcombe, Statistics in Medicine 17 (1998), 857–872 and 873–890.</summary>
public sealed class RateIntervalsTests
{
    private static readonly double Z = Normal.TwoSided(0.95, 1);

    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    public void The_score_interval_is_the_published_one(int hits, int trials, double low, double high)
    {
        var interval = RateIntervals.Wilson((double)hits / trials, trials, Z);
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void The_exact_interval_is_the_published_one()
    {
        var interval = RateIntervals.ClopperPearson(81, 263, 0.95);
        Assert.Equal(0.2527, interval.Low, 4);
        Assert.Equal(0.3676, interval.High, 4);
    }

    [Fact]
    public void Without_a_hit_the_exact_upper_bound_is_the_rule_of_three() =>
        Assert.Equal(1 - Math.Pow(0.025, 1 / 20.0), RateIntervals.ClopperPearson(0, 20, 0.95).High, 12);

    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(10, 10, 0, 20, 0.6791, 1)]
    public void The_interval_of_a_difference_is_the_published_one(int a, int m, int b, int n, double low, double high)
    {
        var gap = new Rate((double)a / m, m, m).Gap(new Rate((double)b / n, n, n), Z);
        Assert.Equal(low, gap.Low, 4);
        Assert.Equal(high, gap.High, 4);
    }

    [Fact]
    public void A_rate_of_0_has_no_ratio_and_its_gap_has_a_width()
    {
        var (none, some) = (new Rate(0, 50, 50), new Rate(0, 60, 60));
        Assert.Null(none.Ratio(some, Z));
        Assert.True(none.Gap(some, Z).High > 0.05, "nothing was seen in 50: that is not nothing");
    }

    [Fact]
    public void A_larger_sample_never_has_a_wider_interval() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 1000]).Where((hits, misses) => hits + misses > 0).Sample((hits, misses) =>
        {
            var rate = (double)hits / (hits + misses);
            var small = RateIntervals.Wilson(rate, hits + misses, Z);
            var large = RateIntervals.Wilson(rate, 2 * (hits + misses), Z);
            Assert.InRange(large.High - large.Low, 0, small.High - small.Low + 1e-12);
            Assert.InRange(rate, small.Low, small.High);
        });
}
