namespace Untag.Audit.Statistics;

/// <summary>How many of the marked are among those that are drawn without putting back.</summary>
public static class Hypergeometric
{
    /// <summary>Draws a number, by inversion from the mode outwards: the steps grow with the standard deviation only.</summary>
    /// <param name="total">All, at least 0.</param>
    /// <param name="marked">Those of them that are marked.</param>
    /// <param name="drawn">How many are drawn.</param>
    /// <param name="random">The source of chance.</param>
    public static long Draw(long total, long marked, long drawn, SeededRandom random)
    {
        var least = Math.Max(0, drawn + marked - total);
        var most = Math.Min(drawn, marked);
        if (least == most)
            return least;
        var mode = Math.Clamp((long)((drawn + 1.0) * (marked + 1.0) / (total + 2.0)), least, most);
        double up = Chance(total, marked, drawn, mode), down = up;
        long above = mode, below = mode;
        var left = random.NextUnit() - up;
        while (left >= 0)
        {
            if (above == most && below == least)
                return mode; // what rounding left over
            if (above < most)
            {
                up *= (double)(marked - above) * (drawn - above) / ((above + 1.0) * (total - marked - drawn + above + 1.0));
                above++;
                left -= up;
                if (left < 0)
                    return above;
            }

            if (below > least)
            {
                down *= (double)below * (total - marked - drawn + below) / ((marked - below + 1.0) * (drawn - below + 1.0));
                below--;
                left -= down;
                if (left < 0)
                    return below;
            }
        }

        return mode;
    }

    private static double Chance(long total, long marked, long drawn, long hits) => Math.Exp(
        LogChoose(marked, hits) + LogChoose(total - marked, drawn - hits) - LogChoose(total, drawn));

    private static double LogChoose(long n, long k) =>
        GammaFunction.Log(n + 1.0) - GammaFunction.Log(k + 1.0) - GammaFunction.Log(n - k + 1.0);
}
