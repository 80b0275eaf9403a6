using System.Buffers;
using Untag.Audit.Aggregates;
using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>How well a score tells one group from the rest.</summary>
/// <remarks>A = P(X &gt; Y) + ½ P(X = Y) for a row X of the group and a row Y of the rest: the area under the curve, Mann and Whitney's
/// U by n m. Its variance is that of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988), each part inflated by how often
/// people recur (Kish 1965: rows of a person are taken to be alike). The interval is on the scale of log A/(1 − A).</remarks>
public sealed class Separation
{
    private readonly double variance;
    private readonly double varianceByChance;
    private readonly double worth;
    private readonly double weight;

    private Separation(double area, double variance, double varianceByChance, double worth, double weight)
    {
        Area = area;
        this.variance = variance;
        this.varianceByChance = varianceByChance;
        this.worth = worth;
        this.weight = weight;
    }

    /// <summary>A, from 0 to 1; ½ tells nothing.</summary>
    public double Area { get; }

    /// <summary>Compares two histograms; null when one of them is empty.</summary>
    /// <param name="group">Numbers of the group.</param>
    /// <param name="groupDesign">Σt² / Σt over its people.</param>
    /// <param name="rest">Numbers of the rest.</param>
    /// <param name="restDesign">The same for the rest.</param>
    public static Separation? Of(ScoreHistogram group, double groupDesign, ScoreHistogram rest, double restDesign) =>
        group.Total == 0 || rest.Total == 0 ? null : Of(group, rest, isPart: false, groupDesign, restDesign);

    /// <summary>Compares a part with what is left of the whole; null when one of them is empty.</summary>
    /// <param name="group">Numbers of the group.</param>
    /// <param name="groupDesign">Σt² / Σt over its people.</param>
    /// <param name="all">Numbers of all, the group among them.</param>
    /// <param name="restDesign">The same for the others.</param>
    public static Separation? OfPart(ScoreHistogram group, double groupDesign, ScoreHistogram all, double restDesign) =>
        group.Total == 0 || all.Total == group.Total ? null : Of(group, all, isPart: true, groupDesign, restDesign);

    // Bins of scores are many, and each group is compared: their room is lent, so that not every comparison leaves as much behind.
    private static Separation Of(ScoreHistogram group, ScoreHistogram rest, bool isPart, double groupDesign, double restDesign)
    {
        var room = ArrayPool<(double, double)>.Shared.Rent(group.BinsMax + rest.BinsMax);
        var separation = Of(
            room.AsSpan(0, Join(group, rest, isPart, room)), group.Total, groupDesign, rest.Total - (isPart ? group.Total : 0), restDesign);
        ArrayPool<(double, double)>.Shared.Return(room);
        return separation;
    }

    private static Separation Of(ReadOnlySpan<(double Group, double Others)> bins, double n, double groupDesign, double m, double restDesign)
    {
        double area = 0, below = 0, ties = 0;
        foreach (var (x, y) in bins)
        {
            area += x * (below + (y / 2));
            below += y;
            var tied = x + y;
            ties += (tied * tied * tied) - tied;
        }

        area /= n * m;
        double ofGroup = 0, ofRest = 0, restBelow = 0, groupAbove = n;
        foreach (var (x, y) in bins)
        {
            groupAbove -= x;
            ofGroup += x * Square(((restBelow + (y / 2)) / m) - area);
            ofRest += y * Square(((groupAbove + (x / 2)) / n) - area);
            restBelow += y;
        }

        var all = n + m;
        var variance = (ofGroup / Math.Max(1, n - 1) / n * groupDesign) + (ofRest / Math.Max(1, m - 1) / m * restDesign);
        var byChance = (all + 1) / (12 * n * m) * (1 - (ties / ((all * all * all) - all))) * Math.Max(groupDesign, restDesign);
        return new Separation(area, variance, byChance, Math.Min(n / groupDesign, m / restDesign), n * m / (n * restDesign + m * groupDesign));
    }

    /// <summary>The separation within strata: the mean of A with the weights n m / (n + m) of effective rows (van Elteren 1960).</summary>
    /// <param name="strata">The separations of the strata.</param>
    /// <param name="overlap">In how many of them a person is, on average: the variance is taken to be so many times larger.</param>
    /// <returns>Null when no stratum has one.</returns>
    public static Separation? Within(IReadOnlyList<Separation> strata, double overlap)
    {
        if (strata.Count < 2)
            return strata.Count == 0 ? null : strata[0];
        var sum = strata.Sum(stratum => stratum.weight);
        var inflation = Math.Clamp(overlap, 1, strata.Count) / sum / sum;
        return new Separation(
            strata.Sum(stratum => stratum.weight * stratum.Area) / sum,
            inflation * strata.Sum(stratum => stratum.weight * stratum.weight * stratum.variance),
            inflation * strata.Sum(stratum => stratum.weight * stratum.weight * stratum.varianceByChance),
            strata.Sum(stratum => stratum.worth) / Math.Clamp(overlap, 1, strata.Count), sum);
    }

    /// <summary>The interval of A. Where A is 0 or 1 it says what so few people could hide.</summary>
    /// <param name="z">Quantile of the normal distribution.</param>
    public Interval Interval(double z)
    {
        if (variance <= 0 || Area is 0 or 1)
            return RateIntervals.Wilson(Area, worth, z);
        var centre = Math.Log(Area / (1 - Area));
        var spread = z * Math.Sqrt(variance) / (Area * (1 - Area));
        return new Interval(1 / (1 + Math.Exp(spread - centre)), 1 / (1 + Math.Exp(-centre - spread)));
    }

    /// <summary>How far A lies from ½ in standard errors that chance alone would give.</summary>
    public double Deviation => varianceByChance <= 0 ? 0 : (Area - 0.5) / Math.Sqrt(varianceByChance);

    /// <summary>The chance of a separation of this size, either way, when the groups of people are drawn by lot (with the correction
    /// for ties).</summary>
    public double Chance => ChiSquared.Above(Deviation * Deviation, 1);

    /// <summary>The size of a separation, whichever of the two has the larger numbers: from ½ to 1.</summary>
    public static Interval Size(Interval area) => new(
        Math.Max(0.5, Math.Max(area.Low, 1 - area.High)), Math.Max(area.High, 1 - area.Low));

    private static int Join(ScoreHistogram group, ScoreHistogram rest, bool isPart, (double Group, double Others)[] joined)
    {
        var count = 0;
        using var ofGroup = group.Bins().GetEnumerator();
        using var ofRest = rest.Bins().GetEnumerator();
        var (isGroup, isRest) = (ofGroup.MoveNext(), ofRest.MoveNext());
        while (isGroup || isRest)
        {
            var takesGroup = isGroup && (!isRest || ofGroup.Current.Bin <= ofRest.Current.Bin);
            var takesRest = isRest && (!isGroup || ofRest.Current.Bin <= ofGroup.Current.Bin);
            var (x, y) = (takesGroup ? ofGroup.Current.Count : 0, takesRest ? ofRest.Current.Count : 0);
            joined[count++] = (x, isPart ? y - x : y);
            isGroup = takesGroup ? ofGroup.MoveNext() : isGroup;
            isRest = takesRest ? ofRest.MoveNext() : isRest;
        }

        return count;
    }

    private static double Square(double value) => value * value;
}
