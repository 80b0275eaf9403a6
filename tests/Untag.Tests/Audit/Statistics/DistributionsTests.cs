using CsCheck;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Statistics;

public sealed class DistributionsTests
{
    // Python's statistics.NormalDist, which has the same algorithm.
    [Theory]
    [InlineData(0.975, 1.9599639845400536)]
    [InlineData(0.5, 0)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Quantiles_of_the_normal_distribution_are_known(double p, double z) =>
        Assert.Equal(z, Normal.Quantile(p), 12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_has_no_quantile(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(p));

    // The tables at the end of every textbook.
    [Theory]
    [InlineData(0.025, 1, 12.706204736432095)]
    [InlineData(0.025, 4, 2.776445105197793)]
    [InlineData(0.025, 9, 2.262157162740992)]
    [InlineData(0.05, 30, 1.697260886593957)]
    [InlineData(0.0005, 9, 4.780912585931135)]
    [InlineData(0.025, 1e9, 1.959963984540054)]
    public void Quantiles_of_students_distribution_are_known(double tail, double freedom, double t) =>
        Assert.Equal(t, StudentT.Quantile(tail, freedom), 8);

    [Fact]
    public void The_tail_of_the_normal_distribution_is_what_its_quantile_left_out() =>
        Gen.Double[1e-9, 0.5].Sample(tail => Assert.Equal(1, Normal.Above(-Normal.Quantile(tail)) / tail, 9));

    // The tables at the end of every textbook.
    [Theory]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(11.070497693516351, 5, 0.05)]
    [InlineData(15.086272469388988, 5, 0.01)]
    public void The_tail_of_chi_squared_is_known(double x, double freedom, double p) =>
        Assert.Equal(p, ChiSquared.Above(x, freedom), 10);

    // With one degree of freedom it is the square of a shifted normal number: Φ(√x − √λ) − Φ(−√x − √λ).
    [Theory]
    [InlineData(9, 4, 0.841344459416971)]
    [InlineData(1600, 1521, 0.8413447460685429)]
    public void The_noncentral_distribution_is_that_of_a_shifted_square(double x, double noncentrality, double p) =>
        Assert.Equal(p, ChiSquared.Below(x, 1, noncentrality), 9);

    [Fact]
    public void Without_a_shift_both_distributions_are_one() =>
        Assert.Equal(1 - ChiSquared.Above(7, 3), ChiSquared.Below(7, 3, 0), 12);

    [Fact]
    public void A_statistic_that_chance_explains_has_the_lower_bound_0() =>
        Assert.Equal(0, ChiSquared.Noncentrality(5, 5, 0.025).Low);

    [Fact]
    public void The_bounds_of_the_noncentrality_give_the_statistic_its_tails() =>
        Gen.Select(Gen.Double[20, 2000], Gen.Int[1, 40]).Sample(
            (statistic, freedom) =>
            {
                var bounds = ChiSquared.Noncentrality(statistic, freedom, 0.025);
                if (bounds.Low > 0)
                    Assert.Equal(0.975, ChiSquared.Below(statistic, freedom, bounds.Low), 6);
                if (bounds.High > 0)
                    Assert.Equal(0.025, ChiSquared.Below(statistic, freedom, bounds.High), 6);
            },
            iter: 100);

    [Fact]
    public void A_quantile_of_the_beta_distribution_has_its_share_below() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Double[0.5, 500], Gen.Double[0.5, 500]).Sample(
            (p, a, b) => Assert.Equal(p, BetaFunction.Lower(BetaFunction.Quantile(p, a, b), a, b), 8), iter: 200);

    // Rates of many rows and far tails: the first guess is near, and each step stays inside of what is known.
    [Fact]
    public void A_quantile_of_a_narrow_beta_distribution_has_its_share_below() =>
        Gen.Select(Gen.Double[-12, -0.31], Gen.Double[-1, 6], Gen.Double[-1, 6]).Sample(
            (p, a, b) =>
            {
                var (share, first, second) = (Math.Pow(10, p), Math.Pow(10, a), Math.Pow(10, b));
                var x = BetaFunction.Quantile(share, first, second);
                if (x > 1e-300 && 1 - x > 1e-9)
                    Assert.Equal(1, BetaFunction.Lower(x, first, second) / share, 6);
            },
            iter: 300);

    // Terms that follow from each other beside terms that are each found by themselves.
    [Fact]
    public void The_noncentral_distribution_is_the_sum_of_its_terms() =>
        Gen.Select(Gen.Double[0, 3000], Gen.Int[1, 60], Gen.Double[0, 3000]).Sample(
            (x, freedom, noncentrality) =>
            {
                var half = noncentrality / 2;
                var sum = 0.0;
                for (var j = Math.Max(0, Math.Floor(half - 500)); j < half + 500; j++)
                    sum += Math.Exp((j == 0 ? 0 : j * Math.Log(half)) - half - GammaFunction.Log(j + 1)) * GammaFunction.Lower((freedom / 2.0) + j, x / 2);
                Assert.Equal(sum, ChiSquared.Below(x, freedom, noncentrality), 9);
            },
            iter: 100);

    // The reference implementation in another language gives the same.
    [Fact]
    public void Numbers_of_a_seed_are_the_same_on_every_machine()
    {
        var random = new SeededRandom(1);
        Assert.Equal(
            [0.7029218331588505, 0.5204366199388569, 0.5741057000197225],
            new[] { random.NextUnit(), random.NextUnit(), random.NextUnit() });
    }

    [Fact]
    public void Draws_without_putting_back_have_the_mean_and_variance_of_the_distribution()
    {
        const int Times = 20_000;
        var random = new SeededRandom(7);
        var draws = Enumerable.Range(0, Times).Select(_ => Hypergeometric.Draw(100, 30, 40, random)).ToList();
        Assert.All(draws, draw => Assert.InRange(draw, 0, 30));
        Assert.Equal(12, draws.Average(), 0.1);
        Assert.Equal(40 * 0.3 * 0.7 * 60 / 99.0, draws.Average(draw => (draw - 12.0) * (draw - 12.0)), 0.2);
    }
}
