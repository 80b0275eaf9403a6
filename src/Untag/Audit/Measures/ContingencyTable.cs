using Untag.Audit.Aggregates;
using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>How often each group got each value, and how much the values say about the groups.</summary>
/// <remarks>Rows are groups, columns are values; rows and columns without a count are left out. Symbols: n rows of data,
/// n_gc those of group g with value c, p = n_gc / n.</remarks>
public sealed class ContingencyTable
{
    private readonly CellSums[][] cells;
    private readonly int[] filled; // where each group that was given stands; −1 without a row
    private readonly int[] places; // where each value that was given stands; −1 when nobody has it
    private readonly long[] rows;
    private readonly long[] columns;

    /// <summary>Makes the table of the sums by group and value.</summary>
    /// <param name="groups">By group, then by value: trials are the group's rows, hits those with the value.</param>
    public ContingencyTable(IEnumerable<IReadOnlyList<CellSums>> groups)
    {
        var all = groups.ToList();
        var kept = all.Where(group => group.Count > 0 && group[0].Trials > 0).ToList();
        var width = all.Count == 0 ? 0 : all[0].Count;
        var values = Enumerable.Range(0, width).Where(c => kept.Any(group => group[c].Hits > 0)).ToList();
        filled = [.. all.Select(group => kept.IndexOf(group))];
        places = [.. Enumerable.Range(0, width).Select(value => values.IndexOf(value))];
        cells = [.. kept.Select(group => values.Select(c => group[c]).ToArray())];
        rows = [.. cells.Select(row => row.Sum(cell => cell.Hits))];
        columns = [.. values.Select((_, c) => cells.Sum(row => row[c].Hits))];
        Total = rows.Sum();
        DesignEffect = FindDesignEffect();
    }

    /// <summary>Makes the table of plain counts by group and value.</summary>
    /// <param name="counts">By group, then by value.</param>
    /// <param name="groups">The groups; their rows are taken to be alike within a person.</param>
    public static ContingencyTable OfCounts(IReadOnlyList<long[]> counts, IReadOnlyList<GroupSums> groups)
    {
        var table = new ContingencyTable(counts.Select((row, g) => (IReadOnlyList<CellSums>)[.. row.Select(hits => Cell(row.Sum(), hits, groups[g]))]));
        table.DesignEffect = Math.Max(1, groups.Max(group => group.Design));
        return table;

        static CellSums Cell(long rows, long hits, GroupSums group) => CellSums.OfSingles(rows, hits) with
        {
            People = group.People,
            PeopleHit = (long)Math.Min(group.People, hits / group.Design),
            PeopleMissed = (long)Math.Min(group.People, (rows - hits) / group.Design),
        };
    }

    /// <summary>n.</summary>
    public long Total { get; }

    /// <summary>Groups that have a row.</summary>
    public int Groups => rows.Length;

    /// <summary>Values that occur.</summary>
    public int Values => columns.Length;

    /// <summary>(groups − 1)(values − 1); 0 when there is nothing to tell apart.</summary>
    public int Freedom => Math.Max(0, Groups - 1) * Math.Max(0, Values - 1);

    /// <summary>How much larger the statistics are because rows of one person resemble each other; 1 when each person has
    /// one row. The mean generalised design effect of Rao and Scott (JASA 76, 1981; Annals of Statistics 12, 1984):
    /// the mean of d_gc with the weights (1 − n_g/n) p_gc (1 − p_gc) / p_c, where p_gc is the share of the value in the group and
    /// d_gc how much its variance is inflated.</summary>
    public double DesignEffect { get; private set; }

    /// <summary>Pearson's Σ (n_gc − e_gc)² / e_gc with e_gc = n_g n_c / n.</summary>
    public double ChiSquared => Sum((count, expected) => (count - expected) * (count - expected) / expected);

    /// <summary>The likelihood ratio 2 Σ n_gc ln(n_gc / e_gc).</summary>
    public double G => 2 * Sum((count, expected) => count == 0 ? 0 : count * Math.Log(count / expected));

    /// <summary>True when the limiting distribution of χ² is reached: no expected count is below 5 (Cochran 1954).</summary>
    public bool IsLimit => Freedom > 0 && (double)rows.Min() * columns.Min() / Total / DesignEffect >= 5;

    /// <summary>What a table that is drawn by lot costs: a few steps a cell, and the standard deviation of the counts beside.</summary>
    public double CostOfDraw => rows.Length * (double)columns.Length * (8 + Math.Sqrt(Total / (double)columns.Length / rows.Length));

    /// <summary>G of a table with the same margins that is drawn by lot, which is what happens when the groups of rows are
    /// permuted.</summary>
    public double DrawnG(SeededRandom random) => 2 * (DrawnLogSum(random) - LogSum(rows) - LogSum(columns) + Logs(Total));

    /// <summary>People who have a value, and people who have a row without it.</summary>
    /// <param name="value">The number of the value, as it was given.</param>
    public (long Having, long Without) PeopleOf(int value) => places[value] is var c and >= 0
        ? (cells.Sum(row => row[c].PeopleHit), cells.Sum(row => row[c].PeopleMissed))
        : (0, cells.Sum(row => row[0].People));

    /// <summary>The share of a group among those with a value, and among those without it: a value that is rare and belongs to one group
    /// shows here although V hardly moves. Null when one of the two is nobody, or the group is nobody or everybody.</summary>
    /// <param name="group">The number of the group, as it was given.</param>
    /// <param name="value">The number of the value, as it was given.</param>
    public Pair? Concentration(int group, int value)
    {
        var (g, c) = (filled[group], places[value]);
        if (Freedom == 0 || g < 0 || c < 0)
            return null;
        var (having, without) = PeopleOf(value);
        var others = Total - columns[c];
        return new Pair(
            new Rate((double)cells[g][c].Hits / columns[c], Math.Min(columns[c], having), having),
            new Rate((double)(rows[g] - cells[g][c].Hits) / others, Math.Min(others, without), without));
    }

    private delegate double Term(double count, double expected);

    private double Sum(Term term)
    {
        var sum = 0.0;
        for (var g = 0; g < rows.Length; g++)
        {
            for (var c = 0; c < columns.Length; c++)
                sum += term(cells[g][c].Hits, (double)rows[g] / Total * columns[c]);
        }

        return sum;
    }

    private double FindDesignEffect()
    {
        if (Freedom == 0 || cells.All(row => row[0].TrialsSquared == row[0].Trials))
            return 1;
        double inflated = 0, weights = 0;
        for (var g = 0; g < rows.Length; g++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                var share = (double)cells[g][c].Hits / rows[g];
                var weight = (1 - ((double)rows[g] / Total)) * share * (1 - share) / columns[c];
                inflated += weight * (rows[g] / Rate.Of(cells[g][c])!.Value.EffectiveTrials);
                weights += weight;
            }
        }

        return weights == 0 ? 1 : Math.Max(1, inflated / weights);
    }

    private double DrawnLogSum(SeededRandom random)
    {
        var pool = (long[])columns.Clone();
        var left = Total;
        var sum = 0.0;
        foreach (var row in rows[..^1])
        {
            var draw = row;
            var among = left;
            for (var c = 0; c < pool.Length && draw > 0; c++)
            {
                var count = Hypergeometric.Draw(among, pool[c], draw, random);
                among -= pool[c];
                pool[c] -= count;
                draw -= count;
                sum += Logs(count);
            }

            left -= row;
        }

        return sum + LogSum(pool);
    }

    private static double LogSum(long[] counts) => counts.Sum(Logs);

    private static double Logs(long count) => count < 2 ? 0 : count * Math.Log(count);
}
