namespace Untag.Audit.Statistics;

/// <summary>The incomplete beta function, which is the distribution of an unknown rate.</summary>
/// <remarks>Continued fraction of Abramowitz and Stegun 26.5.8, by Lentz's method.</remarks>
public static class BetaFunction
{
    private const double Tiny = 1e-300;
    private const double Near = 1e-10; // behind a step of third order that is as small, nothing is left to find

    /// <summary>I_x(a, b): the share of a beta distribution below <paramref name="x"/>.</summary>
    public static double Lower(double x, double a, double b) => x <= 0 ? 0 : x >= 1 ? 1 : Lower(x, a, b, LogOf(a, b));

    /// <summary>The x with I_x(a, b) = p.</summary>
    /// <remarks>Halley's steps, each inside of what is known of where x lies, and bisection where one would leave it: an
    /// audit asks for thousands of quantiles, and with many rows the function costs a thousand terms.</remarks>
    public static double Quantile(double p, double a, double b)
    {
        double low = 0, high = 1;
        var log = LogOf(a, b);
        var x = Math.Clamp(Guess(p, a, b), 1e-15, 1 - 1e-15);
        while (true)
        {
            var miss = Lower(x, a, b, log) - p;
            if (miss < 0)
                low = x;
            else
                high = x;
            // The slope is the density; its own slope makes the step one of third order.
            var step = miss / Math.Exp(((a - 1) * Math.Log(x)) + ((b - 1) * Math.Log(1 - x)) - log);
            step /= 1 - (0.5 * Math.Min(1, step * (((a - 1) / x) - ((b - 1) / (1 - x)))));
            var next = x - step;
            if (Math.Abs(step) <= Near * Math.Min(x, 1 - x))
                return Math.Clamp(next, low, high);
            if (!(next > low && next < high))
                next = low + ((high - low) / 2);
            if (next <= low || next >= high)
                return next;
            x = next;
        }
    }

    // Abramowitz and Stegun 26.5.22, which takes shapes of 1 and more; for others anything between is good enough.
    private static double Guess(double p, double a, double b)
    {
        if (a < 1 || b < 1 || p is <= 0 or >= 1)
            return a / (a + b);
        var z = -Normal.Quantile(p);
        var (ofA, ofB) = (1 / ((2 * a) - 1), 1 / ((2 * b) - 1));
        var (shift, mean) = (((z * z) - 3) / 6, 2 / (ofA + ofB));
        var w = (z * Math.Sqrt(Math.Max(0, mean + shift)) / mean) - ((ofB - ofA) * (shift + (5.0 / 6) - (2 / (3 * mean))));
        return a / (a + (b * Math.Exp(2 * w)));
    }

    private static double LogOf(double a, double b) => GammaFunction.Log(a) + GammaFunction.Log(b) - GammaFunction.Log(a + b);

    private static double Lower(double x, double a, double b, double log)
    {
        var front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) - log);
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    private static double Fraction(double x, double a, double b)
    {
        double c = 1, d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var h = d;
        for (var m = 1; m < 100_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15)
                break;
        }

        return h;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
