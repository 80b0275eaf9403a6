namespace Untag.Audit.Statistics;

/// <summary>Student's distribution: that of a deviation by a standard error which is itself estimated from few people.</summary>
public static class StudentT
{
    /// <summary>The quantile <c>t</c> with <c>P(T > t) = tail</c>: t² / (f + t²) follows a beta distribution with ½ and f / 2.</summary>
    /// <param name="tail">Above 0 and below ½.</param>
    /// <param name="freedom">Degrees of freedom, above 0; infinity for the normal distribution.</param>
    public static double Quantile(double tail, double freedom)
    {
        if (freedom > 1e6)
            return -Normal.Quantile(tail);
        // From the other end, where the quantile of many degrees of freedom is not rounded away.
        var rest = BetaFunction.Quantile(2 * tail, freedom / 2, 0.5);
        return Math.Sqrt(freedom * (1 - rest) / rest);
    }
}
