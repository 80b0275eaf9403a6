using Untag.Audit.Aggregates;

namespace Untag.Audit.Judging;

/// <summary>Tells the error rates of groups at other thresholds than the deployed one.</summary>
/// <remarks>Two thresholds give by subtraction how many rows lie between them. Therefore the next one is told only where, for each
/// group and each truth, at least 10 people and a fiftieth of the rows lie between it and the last, beginning at the deployed
/// threshold and going both ways, and where as many are left behind it. Groups whose rates at the deployed threshold are withheld,
/// or with fewer people than a verdict asks for, have no curve.</remarks>
internal sealed class CurveJudge(AuditSums sums, Tolerances tolerances)
{
    private const int PointsMax = 50;

    /// <summary>The curves of a decision: of each group at the same thresholds.</summary>
    public IEnumerable<CurveLine> Lines(DecisionTable decision)
    {
        if (decision.Curve is not { } curve)
            yield break;
        var groups = Disclosure.Told(sums.Groups).Where(g => Disclosure.Tells(decision.Groups[g], RateKind.FalsePositive)
            && decision.Groups[g].FalsePositive.People >= tolerances.PeopleMin
            && decision.Groups[g].FalseNegative.People >= tolerances.PeopleMin).ToList();
        if (groups.Count == 0)
            yield break;
        var histograms = groups.SelectMany(g => new[] { curve.Groups[g].No, curve.Groups[g].Yes }).ToList();
        var least = histograms.Select((histogram, i) => (long)Math.Ceiling(Math.Max(
            Disclosure.PeopleMin * sums.Groups[groups[i / 2]].Design, (double)histogram.Total / PointsMax))).ToList();
        var bins = Joined(histograms);
        var deployed = ScoreHistogram.BinOf(curve.Threshold);
        var kept = Kept(bins.Where(bin => bin.Bin > deployed), least, histograms.Count)
            .Concat(Kept(bins.Where(bin => bin.Bin < deployed).Reverse(), least, histograms.Count)).Order().ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            yield return new CurveLine(
                decision.Name, sums.Groups[groups[i]].Name, Points(kept, curve.Groups[groups[i]], curve.SelectsAbove));
        }
    }

    // Walks away from the deployed threshold. A threshold lies on the far side of the bin that fills the last count.
    private static List<int> Kept(IEnumerable<(int Bin, long[] Counts)> bins, List<long> least, int width)
    {
        var walk = bins.ToList();
        var left = new long[width];
        foreach (var (_, counts) in walk)
        {
            for (var i = 0; i < width; i++)
                left[i] += counts[i];
        }

        var since = new long[width];
        var kept = new List<int>();
        for (var at = 0; at + 1 < walk.Count; at++)
        {
            for (var i = 0; i < width; i++)
            {
                since[i] += walk[at].Counts[i];
                left[i] -= walk[at].Counts[i];
            }

            if (!Enumerable.Range(0, width).All(i => since[i] >= least[i] && left[i] >= least[i]))
                continue;
            kept.Add(Math.Max(walk[at].Bin, walk[at + 1].Bin)); // at or above this bin: on the other side of what was walked
            Array.Clear(since);
        }

        return kept;
    }

    private static List<(int Bin, long[] Counts)> Joined(List<ScoreHistogram> histograms)
    {
        var joined = new SortedDictionary<int, long[]>();
        for (var i = 0; i < histograms.Count; i++)
        {
            foreach (var (bin, count) in histograms[i].Bins())
            {
                if (!joined.TryGetValue(bin, out var counts))
                    joined.Add(bin, counts = new long[histograms.Count]);
                counts[i] = count;
            }
        }

        return [.. joined.Select(pair => (pair.Key, pair.Value))];
    }

    private static List<CurvePoint> Points(List<int> thresholds, CurveSums group, bool selectsAbove)
    {
        double ShareFrom(ScoreHistogram histogram, int bin) => (double)histogram.From(bin) / histogram.Total;
        return [.. thresholds.Select(bin => new CurvePoint(
            ScoreHistogram.LeastOf(bin),
            Disclosure.Rounded(selectsAbove ? ShareFrom(group.No, bin) : 1 - ShareFrom(group.No, bin))!.Value,
            Disclosure.Rounded(selectsAbove ? 1 - ShareFrom(group.Yes, bin) : ShareFrom(group.Yes, bin))!.Value))];
    }
}
