using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Measures;

public sealed class InequityTests
{
    private static readonly IReadOnlyList<Rate> Equal = Rates((10, 100), (20, 200), (5, 50));

    [Fact]
    public void Equal_rates_are_called_equal_by_every_figure()
    {
        Assert.Equal(1, Inequity.MaxByGeometricMean(Equal)!.Value, 12);
        Assert.Equal(1, Inequity.DiscrepancyRate(Equal, Equal, 0.5), 12);
        Assert.Equal(1, Inequity.InequityRate(Equal, Equal, 0.5)!.Value, 12);
        Assert.Equal(0, Inequity.Garbe(Equal, Equal, 0.5)!.Value, 12);
    }

    [Fact]
    public void When_one_group_bears_all_errors_the_gini_coefficient_is_1() =>
        Assert.Equal(1, Inequity.Gini(Rates((0, 100), (0, 100), (9, 100)))!.Value, 12);

    [Fact]
    public void The_figures_are_those_of_their_formulas()
    {
        var (positive, negative) = (Rates((1, 100), (4, 100)), Rates((10, 100), (20, 100)));
        Assert.Equal(4 / Math.Sqrt(1 * 4), Inequity.MaxByGeometricMean(positive)!.Value, 12);
        Assert.Equal(1 - ((0.5 * 0.03) + (0.5 * 0.1)), Inequity.DiscrepancyRate(positive, negative, 0.5), 12);
        Assert.Equal(Math.Sqrt(4 * 2), Inequity.InequityRate(positive, negative, 0.5)!.Value, 12);
        // G = 2 · 2 · 0.03 / (8 · 0.025) = 0.6 and 2 · 2 · 0.1 / (8 · 0.15) = 1/3.
        Assert.Equal((0.6 + (1 / 3.0)) / 2, Inequity.Garbe(positive, negative, 0.5)!.Value, 12);
    }

    [Fact]
    public void A_rate_of_0_leaves_figures_of_ratios_without_a_value()
    {
        var rates = Rates((0, 100), (4, 100));
        Assert.Null(Inequity.MaxByGeometricMean(rates));
        Assert.Null(Inequity.InequityRate(rates, Equal, 0.5));
    }

    [Fact]
    public void A_group_without_an_error_is_not_drawn_as_one_that_cannot_err()
    {
        var random = new SeededRandom(1);
        Assert.All(
            Enumerable.Range(0, 100).SelectMany(_ => RateDraws.Of(Rates((0, 50)), random)), rate => Assert.True(rate.Estimate > 0));
    }

    // Selection 3/4 and 2/4; the first group's only row of truth "no" is selected, both of the second are not.
    [Fact]
    public void The_differences_and_ratios_of_fairlearns_doctest_come_out()
    {
        var a = DecisionSums.OfSingles(new FourCells(TruePositive: 2, FalsePositive: 1, FalseNegative: 1, TrueNegative: 0), hasTruth: true);
        var b = DecisionSums.OfSingles(new FourCells(TruePositive: 2, FalsePositive: 0, FalseNegative: 0, TrueNegative: 2), hasTruth: true);
        var (selectedA, selectedB) = (Rate.Of(a.Selected)!.Value.Estimate, Rate.Of(b.Selected)!.Value.Estimate);
        Assert.Equal(0.25, selectedA - selectedB, 4);
        Assert.Equal(0.6667, selectedB / selectedA, 4);
        var (falseA, falseB) = (Rate.Of(a.FalsePositive)!.Value.Estimate, Rate.Of(b.FalsePositive)!.Value.Estimate);
        Assert.Equal(1.0, falseA - falseB);
        Assert.Equal(0.0, falseB / falseA);
    }

    private static IReadOnlyList<Rate> Rates(params (int Hits, int Trials)[] counts) =>
        [.. counts.Select(count => Rate.Of(CellSums.OfSingles(count.Trials, count.Hits))!.Value)];
}
