namespace Untag.Audit.Statistics;

/// <summary>The standard normal distribution.</summary>
/// <remarks>Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37 (1988),
/// PPND16: about 16 digits.</remarks>
public static class Normal
{
    /// <summary>The quantile <c>z</c> with <c>P(Z ≤ z) = p</c>.</summary>
    /// <param name="p">A probability above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not between 0 and 1.</exception>
    public static double Quantile(double p)
    {
        if (p is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "a probability lies between 0 and 1");
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
            return q * Central((0.425 * 0.425) - (q * q));
        var r = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        var z = r <= 5 ? Middle(r - 1.6) : Far(r - 5);
        return q < 0 ? -z : z;
    }

    /// <summary>P(Z > z).</summary>
    /// <param name="z">Not below 0.</param>
    public static double Above(double z) => GammaFunction.Upper(0.5, z * z / 2) / 2;

    /// <summary>The quantile of a two-sided interval, Bonferroni-adjusted so that <paramref name="comparisons"/> intervals
    /// hold together with the given confidence.</summary>
    /// <param name="confidence">Such as 0.95.</param>
    /// <param name="comparisons">How many intervals are read together; 1 for a single one.</param>
    public static double TwoSided(double confidence, int comparisons) =>
        -Quantile((1 - confidence) / (2.0 * Math.Max(1, comparisons)));

    private static double Central(double r) =>
        new Polynomial(r, 2.5090809287301226727e+3)
            .Then(3.3430575583588128105e+4).Then(6.7265770927008700853e+4).Then(4.5921953931549871457e+4)
            .Then(1.3731693765509461125e+4).Then(1.9715909503065514427e+3).Then(1.3314166789178437745e+2)
            .Then(3.3871328727963666080e0).Value
        / new Polynomial(r, 5.2264952788528545610e+3)
            .Then(2.8729085735721942674e+4).Then(3.9307895800092710610e+4).Then(2.1213794301586595867e+4)
            .Then(5.3941960214247511077e+3).Then(6.8718700749205790830e+2).Then(4.2313330701600911252e+1)
            .Then(1).Value;

    private static double Middle(double r) =>
        new Polynomial(r, 7.74545014278341407640e-4)
            .Then(2.27238449892691845833e-2).Then(2.41780725177450611770e-1).Then(1.27045825245236838258e0)
            .Then(3.64784832476320460504e0).Then(5.76949722146069140550e0).Then(4.63033784615654529590e0)
            .Then(1.42343711074968357734e0).Value
        / new Polynomial(r, 1.05075007164441684324e-9)
            .Then(5.47593808499534494600e-4).Then(1.51986665636164571966e-2).Then(1.48103976427480074590e-1)
            .Then(6.89767334985100004550e-1).Then(1.67638483018380384940e0).Then(2.05319162663775882187e0)
            .Then(1).Value;

    private static double Far(double r) =>
        new Polynomial(r, 2.01033439929228813265e-7)
            .Then(2.71155556874348757815e-5).Then(1.24266094738807843860e-3).Then(2.65321895265761230930e-2)
            .Then(2.96560571828504891230e-1).Then(1.78482653991729133580e0).Then(5.46378491116411436990e0)
            .Then(6.65790464350110377720e0).Value
        / new Polynomial(r, 2.04426310338993978564e-15)
            .Then(1.42151175831644588870e-7).Then(1.84631831751005468180e-5).Then(7.86869131145613259100e-4)
            .Then(1.48753612908506148525e-2).Then(1.36929880922735805310e-1).Then(5.99832206555887937690e-1)
            .Then(1).Value;

    // Horner's rule, one coefficient after the other, from the highest power down.
    private readonly record struct Polynomial(double At, double Value)
    {
        public Polynomial Then(double coefficient) => this with { Value = (Value * At) + coefficient };
    }
}
