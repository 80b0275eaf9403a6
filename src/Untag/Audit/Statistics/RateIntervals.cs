namespace Untag.Audit.Statistics;

/// <summary>Intervals of one rate, and of the difference and the ratio of two.</summary>
/// <remarks>The number of trials may be a number of <em>effective</em> trials, which is why it is not whole: see
/// <see cref="Measures.Rate"/>.</remarks>
public static class RateIntervals
{
    /// <summary>The score interval (Wilson, JASA 22, 1927).</summary>
    /// <param name="rate">From 0 to 1.</param>
    /// <param name="trials">Above 0.</param>
    /// <param name="z">Quantile of the normal distribution, such as 1.96.</param>
    public static Interval Wilson(double rate, double trials, double z)
    {
        var square = z * z;
        var centre = (2 * trials * rate) + square;
        var spread = z * Math.Sqrt(square + (4 * trials * rate * (1 - rate)));
        var scale = 2 * (trials + square);
        return new Interval(
            rate == 0 ? 0 : Math.Max(0, (centre - spread) / scale), rate == 1 ? 1 : Math.Min(1, (centre + spread) / scale));
    }

    /// <summary>The exact interval (Clopper and Pearson, Biometrika 26, 1934): never covers less than it says.</summary>
    /// <param name="hits">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Above 0.</param>
    /// <param name="confidence">Such as 0.95.</param>
    public static Interval ClopperPearson(double hits, double trials, double confidence)
    {
        var tail = (1 - confidence) / 2;
        return new Interval(
            hits <= 0 ? 0 : BetaFunction.Quantile(tail, hits, trials - hits + 1),
            hits >= trials ? 1 : BetaFunction.Quantile(1 - tail, hits + 1, trials - hits));
    }

    /// <summary>The difference of two rates of different people, by method 10 (Newcombe, Statistics in Medicine 17, 1998,
    /// 873–890): the square-and-add of two score intervals.</summary>
    /// <param name="first">The first rate.</param>
    /// <param name="firstInterval">Its score interval.</param>
    /// <param name="second">The rate that is taken away.</param>
    /// <param name="secondInterval">Its score interval, of the same confidence.</param>
    public static Interval Newcombe(double first, Interval firstInterval, double second, Interval secondInterval)
    {
        var gap = first - second;
        return new Interval(
            gap - Hypotenuse(first - firstInterval.Low, secondInterval.High - second),
            gap + Hypotenuse(firstInterval.High - first, second - secondInterval.Low));
    }

    /// <summary>The ratio of two rates of different people, on the scale of logarithms (Katz, Baptista, Azen and Pike,
    /// Biometrics 34, 1978); null when one of the rates is 0, since its logarithm is not there.</summary>
    public static Interval? Katz(double first, double firstTrials, double second, double secondTrials, double z)
    {
        if (first <= 0 || second <= 0)
            return null;
        var spread = z * Math.Sqrt(((1 - first) / (first * firstTrials)) + ((1 - second) / (second * secondTrials)));
        var log = Math.Log(first / second);
        return new Interval(Math.Exp(log - spread), Math.Exp(log + spread));
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
