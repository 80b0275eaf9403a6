namespace Untag.Audit.Statistics;

/// <summary>The F distribution and its non-central form: the distribution of the statistic of means that do differ.</summary>
public static class FisherF
{
    /// <summary>P(F > f) with the non-centrality λ: a mixture of beta distributions with Poisson weights (Johnson, Kotz and
    /// Balakrishnan, Continuous Univariate Distributions 2, 30.2).</summary>
    /// <param name="f">The statistic.</param>
    /// <param name="first">Degrees of freedom of what is tested.</param>
    /// <param name="second">Those of the error.</param>
    /// <param name="noncentrality">λ.</param>
    public static double Above(double f, double first, double second, double noncentrality)
    {
        if (f <= 0)
            return 1;
        var x = second / (second + (first * f));
        var half = noncentrality / 2;
        var spread = (10 * Math.Sqrt(half)) + 40;
        var sum = 0.0;
        for (var j = Math.Floor(Math.Max(0, half - spread)); j <= half + spread; j++)
        {
            var weight = half == 0 ? (j == 0 ? 1 : 0) : Math.Exp((j * Math.Log(half)) - half - GammaFunction.Log(j + 1));
            if (weight > 1e-16)
                sum += weight * BetaFunction.Lower(x, second / 2, (first / 2) + j);
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The interval of λ behind a statistic: those values under which neither tail is rarer than this.</summary>
    public static Interval Noncentrality(double f, double first, double second, double tail) =>
        new(Solve(f, first, second, tail), Solve(f, first, second, 1 - tail));

    // The λ with P(F > f; λ) = p; 0 when even λ = 0 gives more. The function rises in λ.
    private static double Solve(double f, double first, double second, double p)
    {
        if (Above(f, first, second, 0) >= p)
            return 0;
        double low = 0, high = Math.Max(16, 2 * first * f);
        while (Above(f, first, second, high) < p)
            high *= 2;
        while (high - low > 1e-8 * high)
        {
            var middle = (low + high) / 2;
            if (Above(f, first, second, middle) < p)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
