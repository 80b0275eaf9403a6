using Untag.Audit.Aggregates;
using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>A rate with the number of trials that it is worth.</summary>
/// <remarks>
/// People recur, and the rows of one person resemble each other. The variance is that of the sum of people, not of rows:
/// Var = Σ(h − θt)² / (Σt)², and θ is worth n = θ(1 − θ) / Var effective trials, with which the score interval is taken
/// (Fogliato, Patil and Perona 2023, arXiv 2306.01198). The variance is itself estimated from k people, and too small by (k − 1) / k
/// (Bell and McCaffrey, Survey Methodology 28, 2002, for people with equally many rows): intervals use n (k − 1)/k (z/t)² trials, t
/// being Student's quantile with k − 1 degrees of freedom (Korn and Graubard, Survey Methodology 24, 1998). When each person has
/// one row, n is the number of rows exactly. Where θ is 0 or 1 the sample tells nothing of the resemblance; then each person counts
/// as one whose rows are all alike, n = (Σt)² / Σt² (Kish 1965).
/// </remarks>
/// <param name="Estimate">Hits by trials, from 0 to 1.</param>
/// <param name="EffectiveTrials">At most the number of trials.</param>
/// <param name="People">People with a trial.</param>
public readonly record struct Rate(double Estimate, double EffectiveTrials, long People)
{
    /// <summary>True when the effective trials were estimated from how people differ.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>The rate of some sums; null when there was no trial.</summary>
    public static Rate? Of(CellSums sums)
    {
        if (sums.Trials == 0)
            return null;
        var estimate = (double)sums.Hits / sums.Trials;
        if (sums.TrialsSquared == sums.Trials)
            return new Rate(estimate, sums.Trials, sums.People); // one row a person
        if (sums.Hits == 0 || sums.Hits == sums.Trials)
            return new Rate(estimate, (double)sums.Trials * sums.Trials / sums.TrialsSquared, sums.People);
        return new Rate(estimate, Effective(sums), sums.People) { IsEstimated = true };
    }

    /// <summary>The score interval.</summary>
    /// <param name="z">Quantile of the normal distribution.</param>
    public Interval Interval(double z) => RateIntervals.Wilson(Estimate, TrialsAt(Normal.Above(z)), z);

    /// <summary>The exact interval, on which verdicts rest.</summary>
    /// <param name="confidence">Such as 0.95.</param>
    public Interval Exact(double confidence)
    {
        var trials = TrialsAt((1 - confidence) / 2);
        return RateIntervals.ClopperPearson(Estimate * trials, trials, confidence);
    }

    /// <summary>This rate less another, by Newcombe's method 10.</summary>
    public Interval Gap(Rate other, double z) =>
        RateIntervals.Newcombe(Estimate, Interval(z), other.Estimate, other.Interval(z));

    /// <summary>This rate by another, by Katz's logarithm; null when one of them is 0.</summary>
    public Interval? Ratio(Rate other, double z)
    {
        var tail = Normal.Above(z);
        return RateIntervals.Katz(Estimate, TrialsAt(tail), other.Estimate, other.TrialsAt(tail), z);
    }

    /// <summary>The trials that an interval may count with.</summary>
    /// <param name="tail">What each of its bounds may leave out.</param>
    public double TrialsAt(double tail)
    {
        if (!IsEstimated)
            return EffectiveTrials;
        var others = Math.Max(1, People - 1);
        var shrunk = Normal.Quantile(tail) / StudentT.Quantile(tail, others);
        return EffectiveTrials * others / People * shrunk * shrunk;
    }

    // In whole numbers as far as they reach: n = H (T − H) T² / (T² Σh² − 2 T H Σth + H² Σt²).
    private static double Effective(CellSums sums)
    {
        Int128 t = sums.Trials, h = sums.Hits;
        var spread = (t * t * sums.HitsSquared) - (2 * t * h * sums.TrialsTimesHits) + (h * h * sums.TrialsSquared);
        if (spread <= 0)
            return sums.Trials; // every person has the same rate: the rows spread less than chance would
        return Math.Min(sums.Trials, (double)(h * (t - h)) * ((double)(t * t) / (double)spread));
    }
}
