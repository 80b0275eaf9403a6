using Untag.Audit.Aggregates;
using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>A rate with the number of trials that it is worth.</summary>
/// <remarks>
/// People recur, and the rows of one person resemble each other. The variance is that of the sum of people, not of rows:
/// Var = Σ(h − θt)² / (Σt)², and θ is worth n = θ(1 − θ) / Var effective trials, with which the score interval is taken
/// (Fogliato, Patil and Perona 2023, arXiv 2306.01198). When each person has one row, n is the number of rows exactly.
/// Where θ is 0 or 1 the sample tells nothing of the resemblance; then each person counts as one whose rows are all alike,
/// n = (Σt)² / Σt² (Kish 1965).
/// </remarks>
/// <param name="Estimate">Hits by trials, from 0 to 1.</param>
/// <param name="EffectiveTrials">At most the number of trials.</param>
/// <param name="People">People with a trial.</param>
public readonly record struct Rate(double Estimate, double EffectiveTrials, long People)
{
    /// <summary>The rate of some sums; null when there was no trial.</summary>
    public static Rate? Of(CellSums sums)
    {
        if (sums.Trials == 0)
            return null;
        return new Rate((double)sums.Hits / sums.Trials, Effective(sums), sums.People);
    }

    /// <summary>The score interval.</summary>
    /// <param name="z">Quantile of the normal distribution.</param>
    public Interval Interval(double z) => RateIntervals.Wilson(Estimate, EffectiveTrials, z);

    /// <summary>This rate less another, by Newcombe's method 10.</summary>
    public Interval Gap(Rate other, double z) =>
        RateIntervals.Newcombe(Estimate, Interval(z), other.Estimate, other.Interval(z));

    /// <summary>This rate by another, by Katz's logarithm; null when one of them is 0.</summary>
    public Interval? Ratio(Rate other, double z) =>
        RateIntervals.Katz(Estimate, EffectiveTrials, other.Estimate, other.EffectiveTrials, z);

    // In whole numbers as far as they reach: n = H (T − H) T² / (T² Σh² − 2 T H Σth + H² Σt²).
    private static double Effective(CellSums sums)
    {
        Int128 t = sums.Trials, h = sums.Hits;
        if (sums.TrialsSquared == sums.Trials)
            return sums.Trials; // one row a person
        if (h == 0 || h == t)
            return (double)(t * t) / sums.TrialsSquared;
        var spread = (t * t * sums.HitsSquared) - (2 * t * h * sums.TrialsTimesHits) + (h * h * sums.TrialsSquared);
        if (spread <= 0)
            return sums.Trials; // every person has the same rate: the rows spread less than chance would
        return Math.Min(sums.Trials, (double)(h * (t - h)) * ((double)(t * t) / (double)spread));
    }
}
