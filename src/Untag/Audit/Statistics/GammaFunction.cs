namespace Untag.Audit.Statistics;

/// <summary>The gamma function and its incomplete forms.</summary>
/// <remarks>Lanczos, "A Precision Approximation of the Gamma Function", SIAM J. Numer. Anal. B 1 (1964), with g = 7; the
/// incomplete function by its series and its continued fraction (Abramowitz and Stegun 6.5.29, 6.5.31).</remarks>
public static class GammaFunction
{
    private const double Precision = 1e-16;

    /// <summary>ln Γ(x) for x above 0.</summary>
    public static double Log(double x)
    {
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - Log(1 - x);
        x -= 1;
        var sum = 0.99999999999980993 + (676.5203681218851 / (x + 1)) - (1259.1392167224028 / (x + 2))
            + (771.32342877765313 / (x + 3)) - (176.61502916214059 / (x + 4)) + (12.507343278686905 / (x + 5))
            - (0.13857109526572012 / (x + 6)) + (9.9843695780195716e-6 / (x + 7)) + (1.5056327351493116e-7 / (x + 8));
        var t = x + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    /// <summary>P(a, x), the regularised lower incomplete gamma function: the share of a gamma distribution of shape
    /// <paramref name="a"/> below <paramref name="x"/>.</summary>
    public static double Lower(double a, double x) => x <= 0 ? 0 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    /// <summary>Q(a, x) = 1 − P(a, x), exact where P is near 1.</summary>
    public static double Upper(double a, double x) => x <= 0 ? 1 : x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);

    private static double Series(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = 1; term > sum * Precision; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum * Math.Exp((a * Math.Log(x)) - x - Log(a));
    }

    // Lentz's method, as modified by Thompson and Barnett.
    private static double Fraction(double a, double x)
    {
        const double Tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 100_000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = 1 / NotZero((an * d) + b);
            c = NotZero(b + (an / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < Precision * 4)
                break;
        }

        return Math.Exp((a * Math.Log(x)) - x - Log(a)) * h;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }
}
