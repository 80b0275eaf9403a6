using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>Figures that say in one number how unequal the error rates of groups are.</summary>
public static class Inequity
{
    /// <summary>The largest rate by the geometric mean of all (NIST, Face Recognition Vendor Test part 8, draft of 2022); 1
    /// when all are equal. Null when a rate is 0, since the mean is 0 then.</summary>
    public static double? MaxByGeometricMean(IReadOnlyList<Rate> rates)
    {
        if (rates.Count == 0 || rates.Any(rate => rate.Estimate <= 0))
            return null;
        return rates.Max(rate => rate.Estimate) / Math.Exp(rates.Average(rate => Math.Log(rate.Estimate)));
    }

    /// <summary>The fairness discrepancy rate 1 − (αA + (1 − α)B), where A and B are the largest differences of the first and
    /// the second rate between two groups (de Freitas Pereira and Marcel, IEEE TBIOM 4, 2021); 1 when all are equal.</summary>
    public static double DiscrepancyRate(IReadOnlyList<Rate> first, IReadOnlyList<Rate> second, double alpha) =>
        1 - ((alpha * Spread(first)) + ((1 - alpha) * Spread(second)));

    /// <summary>The inequity rate (max/min of the first)^α (max/min of the second)^(1−α) (Howard and others, arXiv
    /// 2203.05051); 1 when all are equal. Null when a rate is 0.</summary>
    public static double? InequityRate(IReadOnlyList<Rate> first, IReadOnlyList<Rate> second, double alpha)
    {
        if (first.Concat(second).Any(rate => rate.Estimate <= 0))
            return null;
        return Math.Pow(first.Max(rate => rate.Estimate) / first.Min(rate => rate.Estimate), alpha)
            * Math.Pow(second.Max(rate => rate.Estimate) / second.Min(rate => rate.Estimate), 1 - alpha);
    }

    /// <summary>The Gini aggregation rate αG(first) + (1 − α)G(second), where G = n/(n−1) · Σ_ij |x_i − x_j| / (2 n² x̄)
    /// (Howard and others, arXiv 2203.05051); 0 when all are equal, 1 when one group bears all errors. Null for fewer than two
    /// groups.</summary>
    public static double? Garbe(IReadOnlyList<Rate> first, IReadOnlyList<Rate> second, double alpha) =>
        Gini(first) is { } a && Gini(second) is { } b ? (alpha * a) + ((1 - alpha) * b) : null;

    /// <summary>The Gini coefficient with the correction for small n; 0 when all rates are 0.</summary>
    public static double? Gini(IReadOnlyList<Rate> rates)
    {
        if (rates.Count < 2)
            return null;
        double n = rates.Count, mean = rates.Average(rate => rate.Estimate);
        if (mean == 0)
            return 0;
        var differences = rates.Sum(one => rates.Sum(other => Math.Abs(one.Estimate - other.Estimate)));
        return n / (n - 1) * differences / (2 * n * n * mean);
    }

    private static double Spread(IReadOnlyList<Rate> rates) =>
        rates.Max(rate => rate.Estimate) - rates.Min(rate => rate.Estimate);
}

/// <summary>Draws rates that the counts allow, for the intervals of <see cref="Inequity"/>.</summary>
/// <remarks>A rate with h hits in n effective trials is drawn from the beta distribution with h + ½ and n − h + ½ (Jeffreys):
/// a group without an error is not taken for one that cannot err, as resampling would.</remarks>
public static class RateDraws
{
    /// <summary>One draw of each rate.</summary>
    public static IReadOnlyList<Rate> Of(IReadOnlyList<Rate> rates, SeededRandom random) =>
        [.. rates.Select(rate => rate with { Estimate = Draw(rate, random) })];

    private static double Draw(Rate rate, SeededRandom random)
    {
        var hits = rate.Estimate * rate.EffectiveTrials;
        return random.NextBeta(hits + 0.5, rate.EffectiveTrials - hits + 0.5);
    }
}
