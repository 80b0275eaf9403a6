namespace Untag.Audit.Statistics;

/// <summary>The chi-squared distribution and its non-central form: the distribution of the statistic of a table when its
/// rows do differ.</summary>
public static class ChiSquared
{
    /// <summary>P(X > x): the chance of a statistic as large as this when nothing is behind it.</summary>
    /// <param name="x">The statistic.</param>
    /// <param name="freedom">Degrees of freedom.</param>
    public static double Above(double x, double freedom) => GammaFunction.Upper(freedom / 2, x / 2);

    /// <summary>P(X ≤ x) with the non-centrality λ: a mixture of central distributions with Poisson weights (Johnson, Kotz
    /// and Balakrishnan, Continuous Univariate Distributions 2, 29.2).</summary>
    public static double Below(double x, double freedom, double noncentrality)
    {
        if (x <= 0)
            return 0;
        var half = noncentrality / 2;
        var spread = (10 * Math.Sqrt(half)) + 40;
        var first = Math.Floor(Math.Max(0, half - spread));
        var last = Math.Ceiling(half + spread);
        // From the largest shape down: P(a, y) = P(a + 1, y) + y^a e^-y / Γ(a + 1) adds only what is positive.
        var shape = (freedom / 2) + last;
        var y = x / 2;
        var (lower, weight, more) = (GammaFunction.Lower(shape, y), 0.0, 0.0);
        var sum = 0.0;
        for (var j = last; j >= first; j--)
        {
            weight = half == 0 ? (j == 0 ? 1 : 0) : Follows(weight) ? weight * (j + 1) / half : PoissonOf(j, half);
            sum += weight * lower;
            shape = (freedom / 2) + j - 1;
            if (shape <= 0)
                break;
            more = Follows(more) ? more * (shape + 1) / y : PoissonOf(shape, y);
            lower = Math.Min(1, lower + more);
        }

        return Math.Min(1, sum);
    }

    /// <summary>The interval of the non-centrality λ behind a statistic: those values under which neither tail is rarer than
    /// α/2 (Steiger and Fouladi 1997; Smithson, Confidence Intervals, 2003, chapter 4). It is free of the bias of chance: the
    /// lower bound is 0 for a statistic that chance explains.</summary>
    /// <param name="statistic">The chi-squared or likelihood-ratio statistic.</param>
    /// <param name="freedom">Degrees of freedom.</param>
    /// <param name="tail">α/2, the chance that each bound may leave out.</param>
    public static Interval Noncentrality(double statistic, double freedom, double tail) =>
        new(Solve(statistic, freedom, 1 - tail), Solve(statistic, freedom, tail));

    // Each term follows from the one before, which costs no logarithm, unless that one was too small to be a number.
    private static bool Follows(double term) => term > 1e-290;

    private static double PoissonOf(double count, double mean) => Math.Exp((count * Math.Log(mean)) - mean - GammaFunction.Log(count + 1));

    // The λ with P(X ≤ statistic; λ) = p; 0 when even λ = 0 gives less. The function falls in λ.
    private static double Solve(double statistic, double freedom, double p)
    {
        if (Below(statistic, freedom, 0) <= p)
            return 0;
        double low = 0, high = Math.Max(16, 2 * statistic);
        while (Below(statistic, freedom, high) > p)
            high *= 2;
        for (var i = 0; i < 100 && high - low > 1e-12 * high; i++)
        {
            var middle = (low + high) / 2;
            if (Below(statistic, freedom, middle) > p)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
