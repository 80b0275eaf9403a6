using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>The interval that a verdict rests on. The score interval of Wilson covers too little for rates near 0 and 1; the
/// exact one of Clopper and Pearson never does.</summary>
public static class GuaranteedGap
{
    /// <summary>The first rate less the second: the exact intervals of both, squared and added as in Newcombe's method 10.</summary>
    /// <param name="first">A rate.</param>
    /// <param name="second">A rate of other people.</param>
    /// <param name="confidence">Of this interval.</param>
    public static Interval Between(Rate first, Rate second, double confidence) => RateIntervals.Newcombe(
        first.Estimate, first.Exact(confidence), second.Estimate, second.Exact(confidence));
}
