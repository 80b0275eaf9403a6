using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>The rates of two sets of people, one of which is compared with the other.</summary>
/// <param name="First">The rate of those who are compared.</param>
/// <param name="Second">The rate of those whom they are compared with.</param>
public readonly record struct Pair(Rate First, Rate Second);

/// <summary>The difference of two rates within strata, such as cameras: what is left of it when both are seen by the same
/// camera.</summary>
/// <remarks>
/// Mantel and Haenszel's difference Σ w (p₁ − p₂) / Σ w with w = n₁ n₂ / (n₁ + n₂), n in people (Greenland and Robins, Biometrics 41,
/// 1985). A stratum in which one of the two is nobody says nothing. One stratum alone gives the plain difference and its
/// intervals.
/// </remarks>
public sealed class StratifiedGap
{
    private readonly IReadOnlyList<Stratum> strata;
    private readonly double overlap;

    private StratifiedGap(IReadOnlyList<Stratum> strata, double overlap) => (this.strata, this.overlap) = (strata, overlap);

    /// <summary>The first rate less the second.</summary>
    public double Estimate => strata.Sum(stratum => stratum.Weight * stratum.Difference);

    /// <summary>People of the first rate in strata that say something; a person in several strata counts once, on average.</summary>
    public long FirstPeople => (long)(strata.Sum(stratum => stratum.Pair.First.People) / overlap);

    /// <summary>The same of the second rate.</summary>
    public long SecondPeople => (long)(strata.Sum(stratum => stratum.Pair.Second.People) / overlap);

    /// <summary>Compares two rates.</summary>
    /// <param name="strata">The rates by stratum.</param>
    /// <param name="overlap">In how many strata a person is on average. The strata are not independent then: what they have in
    /// common inflates the variance up to so many times, and is taken to do so.</param>
    /// <returns>Null when no stratum has both.</returns>
    public static StratifiedGap? Of(IReadOnlyList<Pair> strata, double overlap = 1)
    {
        IReadOnlyList<Pair> both = [.. strata.Where(pair => pair.First.People > 0 && pair.Second.People > 0)];
        var sum = both.Sum(Weight);
        return both.Count == 0 ? null : new StratifiedGap(
            [.. both.Select(pair => new Stratum(pair, Weight(pair) / sum))], Math.Clamp(overlap, 1, both.Count));
    }

    /// <summary>The usual interval: Newcombe's of one stratum; of several, Greenland and Robins' variance
    /// Σ w² (p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂) / (Σ w)² with effective trials n.</summary>
    /// <param name="z">Quantile of the normal distribution.</param>
    public Interval Interval(double z)
    {
        if (strata.Count == 1)
            return strata[0].Pair.First.Gap(strata[0].Pair.Second, z);
        var variance = strata.Sum(stratum => Square(stratum.Weight) * (Variance(stratum.Pair.First) + Variance(stratum.Pair.Second)));
        var spread = z * Math.Sqrt(overlap * variance);
        return new Interval(Math.Max(-1, Estimate - spread), Math.Min(1, Estimate + spread));
    }

    /// <summary>The interval that a verdict rests on: the guaranteed intervals of all strata, squared and added (Zou and Donner,
    /// Statistics in Medicine 27, 2008). It does not close when all rates are 0.</summary>
    /// <param name="confidence">Of this interval.</param>
    public Interval Guaranteed(double confidence)
    {
        double below = 0, above = 0;
        foreach (var stratum in strata)
        {
            var bounds = GuaranteedGap.Between(stratum.Pair.First, stratum.Pair.Second, confidence);
            below += Square(stratum.Weight * (stratum.Difference - bounds.Low));
            above += Square(stratum.Weight * (bounds.High - stratum.Difference));
        }

        return new Interval(
            Math.Max(-1, Estimate - Math.Sqrt(overlap * below)), Math.Min(1, Estimate + Math.Sqrt(overlap * above)));
    }

    /// <summary>True when the difference is larger than what is tolerated in one stratum: strata that differ in opposite ways would cancel
    /// each other.</summary>
    /// <param name="tolerance">What is tolerated.</param>
    /// <param name="confidence">Of all strata together.</param>
    /// <param name="people">People that a stratum must have on both sides.</param>
    public bool IsLargeInOne(double tolerance, double confidence, int people) => strata.Any(stratum =>
        Math.Min(stratum.Pair.First.People, stratum.Pair.Second.People) >= people
        && GuaranteedGap.Between(stratum.Pair.First, stratum.Pair.Second, 1 - ((1 - confidence) / strata.Count)).Size().Low > tolerance);

    private static double Weight(Pair pair) =>
        (double)pair.First.People * pair.Second.People / (pair.First.People + pair.Second.People);

    private static double Variance(Rate rate) => rate.Estimate * (1 - rate.Estimate) / rate.EffectiveTrials;

    private static double Square(double value) => value * value;

    // All weights together are 1.
    private readonly record struct Stratum(Pair Pair, double Weight)
    {
        public double Difference => Pair.First.Estimate - Pair.Second.Estimate;
    }
}
