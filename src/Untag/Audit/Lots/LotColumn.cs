using Untag.Audit.Judging;

namespace Untag.Audit.Lots;

/// <summary>What rows got, in a form in which it is quickly counted again and again with other groups.</summary>
internal abstract class LotColumn
{
    /// <summary>The lots that it gives statistics of, each with its degrees of freedom.</summary>
    public abstract IReadOnlyList<(Lot Lot, double Freedom)> Lots { get; }

    /// <summary>About how many steps one look costs.</summary>
    public abstract double Steps { get; }

    /// <summary>The statistics.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="draw">Takes one for each lot: squares, which are 0 when nothing is behind them.</param>
    /// <param name="at">Where the first of them goes.</param>
    public abstract void Measure(int[] groups, Draw draw, int at);
}

/// <summary>Codes, such as values: Pearson's χ² of the table of codes and groups, summed over strata.</summary>
internal sealed class CodeColumn : LotColumn
{
    private readonly RowPlaces rows;
    private readonly int[] cells; // by row: stratum, then code
    private readonly int width;
    private readonly IReadOnlyList<(Lot Lot, int[] FoldedOf, int Folded)> folds;

    /// <summary>Makes a column.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="codes">The code of each row, from 0.</param>
    /// <param name="width">More than any code.</param>
    /// <param name="folds">What is looked at, each with what becomes of each code: a number below the last.</param>
    public CodeColumn(RowPlaces rows, IReadOnlyList<int> codes, int width, IReadOnlyList<(Lot Lot, int[] FoldedOf, int Folded)> folds)
    {
        (this.rows, this.width, this.folds) = (rows, width, folds);
        cells = new int[codes.Count];
        for (var row = 0; row < cells.Length; row++)
            cells[row] = (rows.StratumOf[row] * width) + codes[row];
        Lots = [.. folds.Select(fold => (fold.Lot, FreedomOf(fold.FoldedOf, fold.Folded)))];
    }

    public override IReadOnlyList<(Lot Lot, double Freedom)> Lots { get; }

    public override double Steps => cells.Length + ((double)rows.Groups * rows.Strata * width * (1 + folds.Count));

    public override void Measure(int[] groups, Draw draw, int at)
    {
        var counts = Counted(groups);
        for (var i = 0; i < folds.Count; i++)
            draw[at + i] = ChiSquared(Folded(counts, folds[i].FoldedOf, folds[i].Folded), folds[i].Folded, out _);
    }

    private int[] Counted(int[] groups)
    {
        var stride = rows.Strata * width;
        var counts = new int[rows.Groups * stride];
        var own = cells;
        unchecked // no table has so many rows
        {
            for (var row = 0; row < own.Length; row++)
                counts[(groups[row] * stride) + own[row]]++;
        }

        return counts;
    }

    // By stratum, group and folded code.
    private int[] Folded(int[] counts, int[] foldedOf, int folded)
    {
        var sums = new int[rows.Strata * rows.Groups * folded];
        for (var g = 0; g < rows.Groups; g++)
        {
            for (var s = 0; s < rows.Strata; s++)
            {
                var from = ((g * rows.Strata) + s) * width;
                var to = ((s * rows.Groups) + g) * folded;
                for (var code = 0; code < width; code++)
                {
                    if (counts[from + code] != 0)
                        sums[to + foldedOf[code]] += counts[from + code];
                }
            }
        }

        return sums;
    }

    private double FreedomOf(int[] foldedOf, int folded)
    {
        _ = ChiSquared(Folded(Counted(rows.GroupOf), foldedOf, folded), folded, out var freedom);
        return freedom;
    }

    private double ChiSquared(int[] sums, int folded, out double freedom)
    {
        var (statistic, size) = (0.0, rows.Groups * folded);
        freedom = 0;
        for (var s = 0; s < rows.Strata; s++)
        {
            var table = sums.AsSpan(s * size, size);
            var columns = new long[folded];
            for (var cell = 0; cell < size; cell++)
                columns[cell % folded] += table[cell];
            double all = 0;
            var filled = 0;
            foreach (var column in columns)
                (all, filled) = (all + column, filled + (column > 0 ? 1 : 0));
            var (share, groups) = (0.0, 0);
            for (var g = 0; g < rows.Groups; g++)
            {
                var cells = table.Slice(g * folded, folded);
                var (squares, row) = (0.0, 0L);
                for (var c = 0; c < folded; c++)
                {
                    row += cells[c];
                    if (cells[c] != 0)
                        squares += (double)cells[c] * cells[c] / columns[c];
                }

                if (row > 0)
                    (share, groups) = (share + (squares / row), groups + 1);
            }

            freedom += Math.Max(0, groups - 1) * Math.Max(0, filled - 1);
            statistic += (all * share) - all;
        }

        return statistic;
    }
}

/// <summary>Numbers: by how much the ranks of a group lie above those of the rest, within strata (van Elteren 1960).</summary>
internal sealed class RankColumn : LotColumn
{
    private readonly RowPlaces rows;
    private readonly long[] ranks; // by row: twice the mean rank among the rows of its stratum
    private readonly IReadOnlyList<AreaLot> lots;

    /// <summary>Makes a column.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="bins">The bin of each row, in the order of the numbers.</param>
    /// <param name="lots">The groups that are compared with the rest.</param>
    public RankColumn(RowPlaces rows, IReadOnlyList<int> bins, IReadOnlyList<AreaLot> lots)
    {
        (this.rows, this.lots) = (rows, lots);
        Lots = [.. lots.Select(lot => ((Lot)lot, 1.0))];
        ranks = new long[bins.Count];
        var order = Enumerable.Range(0, bins.Count).OrderBy(row => rows.StratumOf[row]).ThenBy(row => bins[row]).ToArray();
        for (int from = 0, start = 0; from < order.Length;)
        {
            var (stratum, bin) = (rows.StratumOf[order[from]], bins[order[from]]);
            if (from > 0 && rows.StratumOf[order[from - 1]] != stratum)
                start = from;
            var to = from;
            while (to < order.Length && rows.StratumOf[order[to]] == stratum && bins[order[to]] == bin)
                to++;
            for (var at = from; at < to; at++)
                ranks[order[at]] = from - start + (to - start) + 1;
            from = to;
        }
    }

    public override IReadOnlyList<(Lot Lot, double Freedom)> Lots { get; }

    public override double Steps => ranks.Length;

    public override void Measure(int[] groups, Draw draw, int at)
    {
        var sums = new long[rows.Strata * rows.Groups];
        var counts = new long[rows.Strata * rows.Groups];
        var (own, strata, width) = (ranks, rows.StratumOf, rows.Groups);
        unchecked // no table has so many rows
        {
            for (var row = 0; row < own.Length; row++)
            {
                var cell = (strata[row] * width) + groups[row];
                sums[cell] += own[row];
                counts[cell]++;
            }
        }

        for (var i = 0; i < lots.Count; i++)
        {
            var (shift, weights) = (0.0, 0.0);
            for (var s = 0; s < rows.Strata; s++)
            {
                var first = s * rows.Groups;
                double n = counts[first + lots[i].Group], all = 0;
                for (var g = 0; g < rows.Groups; g++)
                    all += counts[first + g];
                if (n == 0 || n == all)
                    continue;
                var area = ((sums[first + lots[i].Group] / 2.0) - (n * (n + 1) / 2)) / (n * (all - n));
                var weight = n * (all - n) / all;
                shift += weight * (area - 0.5);
                weights += weight;
            }

            draw[at + i] = weights > 0 ? shift * shift / weights : 0;
        }
    }
}
