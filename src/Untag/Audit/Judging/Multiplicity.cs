namespace Untag.Audit.Judging;

/// <summary>How the chances of several measures were adjusted for being several.</summary>
public enum Adjustment
{
    /// <summary>By their number alone: <see cref="Multiplicity.Holm"/>.</summary>
    Holm,

    /// <summary>By drawing the groups of people for all measures together: <see cref="Multiplicity.WestfallYoung"/>.</summary>
    WestfallYoung,
}

/// <summary>A chance, from 0 to 1.</summary>
public readonly record struct Chance(double P);

/// <summary>How large each of several measures is in one drawing by lot.</summary>
/// <param name="measures">How many there are.</param>
public sealed class Draw(int measures)
{
    private readonly double[] sizes = new double[measures];

    /// <summary>How many measures there are.</summary>
    public int Count => sizes.Length;

    /// <summary>How large a measure is.</summary>
    public double this[int measure]
    {
        get => sizes[measure];
        set => sizes[measure] = value;
    }
}

/// <summary>The chance that any of several measures is so large when nothing is behind them.</summary>
public static class Multiplicity
{
    /// <summary>The name of an adjustment in reports.</summary>
    public static string Name(Adjustment adjustment) => adjustment == Adjustment.WestfallYoung ? "westfall-young" : "holm";

    /// <summary>Holm's step-down adjustment (Scandinavian Journal of Statistics 6, 1979): right whatever the dependence of the
    /// measures, and too careful where they are alike.</summary>
    /// <param name="chances">The chance of each measure.</param>
    public static IReadOnlyList<double> Holm(IReadOnlyList<Chance> chances)
    {
        var adjusted = new double[chances.Count];
        var least = 0.0;
        var order = Enumerable.Range(0, chances.Count).OrderBy(i => chances[i].P).ToList();
        for (var rank = 0; rank < order.Count; rank++)
        {
            least = Math.Max(least, Math.Min(1, (order.Count - rank) * chances[order[rank]].P));
            adjusted[order[rank]] = least;
        }

        return adjusted;
    }

    /// <summary>The step-down adjustment by the largest (Westfall and Young, Resampling-based multiple testing, 1993, algorithm 4.1):
    /// exact under whatever dependence the measures have, since all are drawn together.</summary>
    /// <param name="draws">How large each measure is, on a scale that is about the same for all. The first draw is what was
    /// observed.</param>
    public static IReadOnlyList<double> WestfallYoung(IReadOnlyList<Draw> draws)
    {
        var observed = draws[0];
        var order = Enumerable.Range(0, observed.Count).OrderByDescending(i => observed[i]).ToList();
        var reached = new int[observed.Count];
        foreach (var draw in draws)
        {
            var largest = double.NegativeInfinity;
            for (var rank = order.Count - 1; rank >= 0; rank--)
            {
                largest = Math.Max(largest, draw[order[rank]]);
                if (largest >= observed[order[rank]])
                    reached[rank]++;
            }
        }

        var adjusted = new double[observed.Count];
        var least = 0.0;
        for (var rank = 0; rank < order.Count; rank++)
        {
            least = Math.Max(least, (double)reached[rank] / draws.Count);
            adjusted[order[rank]] = least;
        }

        return adjusted;
    }
}
