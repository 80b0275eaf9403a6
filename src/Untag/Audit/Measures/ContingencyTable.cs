using Untag.Audit.Aggregates;
using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>How often each group got each value, and how much the values say about the groups.</summary>
/// <remarks>Rows are groups, columns are values; rows and columns without a count are left out. Symbols: n rows of data,
/// n_gc those of group g with value c, p = n_gc / n.</remarks>
public sealed class ContingencyTable
{
    private readonly CellSums[][] cells;
    private readonly long[] rows;
    private readonly long[] columns;

    /// <summary>Makes the table of the sums by group and value.</summary>
    /// <param name="groups">By group, then by value: trials are the group's rows, hits those with the value.</param>
    public ContingencyTable(IEnumerable<IReadOnlyList<CellSums>> groups)
    {
        var filled = groups.Where(group => group.Count > 0 && group[0].Trials > 0).ToList();
        var width = filled.Count == 0 ? 0 : filled[0].Count;
        var kept = Enumerable.Range(0, width).Where(c => filled.Any(group => group[c].Hits > 0)).ToList();
        cells = [.. filled.Select(group => kept.Select(c => group[c]).ToArray())];
        rows = [.. cells.Select(row => row.Sum(cell => cell.Hits))];
        columns = [.. kept.Select((_, c) => cells.Sum(row => row[c].Hits))];
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

    /// <summary>I = Σ p_gc ln(p_gc / (p_g p_c)) in nats, as counted: chance alone makes it larger than 0.</summary>
    public double MutualInformation => Total == 0 ? 0 : G / (2.0 * Total);

    /// <summary>I less what chance adds on average, (groups − 1)(values − 1) / 2n; not below 0 (Miller 1955).</summary>
    public double MutualInformationCorrected =>
        Total == 0 ? 0 : Math.Max(0, MutualInformation - (Freedom / (2.0 * Total)));

    /// <summary>V = √(χ² / (n (min(groups, values) − 1))), from 0 to 1, as counted (Cramér 1946).</summary>
    public double CramersV => Freedom == 0 ? 0 : Math.Sqrt(ChiSquared / (Total * (double)(Math.Min(Groups, Values) - 1)));

    /// <summary>V without what chance adds (Bergsma, Journal of the Korean Statistical Society 42, 2013): φ² less
    /// (r − 1)(c − 1) / (n − 1), and r and c less (r − 1)² / (n − 1) and (c − 1)² / (n − 1).</summary>
    public double CramersVCorrected
    {
        get
        {
            if (Freedom == 0 || Total < 2)
                return 0;
            var others = Total - 1.0;
            var phi = Math.Max(0, (ChiSquared / Total) - (Freedom / others));
            var r = Groups - ((Groups - 1.0) * (Groups - 1) / others);
            var c = Values - ((Values - 1.0) * (Values - 1) / others);
            var smaller = Math.Min(r, c) - 1;
            return smaller <= 0 ? 0 : Math.Min(1, Math.Sqrt(phi / smaller));
        }
    }

    /// <summary>The interval of V in the population, free of what chance adds: the non-centrality behind χ², with the
    /// resemblance of a person's rows taken out.</summary>
    /// <param name="tail">What each bound may leave out, such as 0.025.</param>
    public Interval CramersVInterval(double tail)
    {
        var share = Noncentrality(ChiSquared, tail);
        var smaller = Math.Max(1, Math.Min(Groups, Values) - 1);
        return new Interval(Math.Min(1, Math.Sqrt(share.Low / smaller)), Math.Min(1, Math.Sqrt(share.High / smaller)));
    }

    /// <summary>The interval of I in the population, in nats.</summary>
    /// <param name="tail">What each bound may leave out, such as 0.025.</param>
    public Interval MutualInformationInterval(double tail)
    {
        var share = Noncentrality(G, tail);
        return new Interval(share.Low / 2, share.High / 2);
    }

    /// <summary>The chance that groups drawn by lot would get a G as large as this.</summary>
    /// <remarks>Tables with the same margins are drawn, which is what happens when the groups of people are permuted; with
    /// B of them p = (1 + #{G_b ≥ G}) / (1 + B). Where people recur, G is divided by <see cref="DesignEffect"/>
    /// first.</remarks>
    /// <param name="random">The source of chance.</param>
    public double PermutationP(SeededRandom random)
    {
        if (Freedom == 0)
            return 1;
        var constant = LogSum(rows) + LogSum(columns) - Logs(Total);
        var bound = (G / DesignEffect / 2) + constant;
        bound -= 1e-9 * Math.Abs(bound); // tables that are equal count as equal, whatever rounding did
        var draws = Draws();
        var reached = 0;
        for (var i = 0; i < draws; i++)
        {
            if (DrawnLogSum(random) >= bound)
                reached++;
        }

        return (1.0 + reached) / (1.0 + draws);
    }

    /// <summary>The chance of so large a χ² by its limiting distribution; by permutation where an expected count is below 5, since
    /// the limit is not reached there (Cochran 1954).</summary>
    public double ChanceP
    {
        get
        {
            var isLimit = rows.Length > 0 && columns.Length > 0 && (double)rows.Min() * columns.Min() / Total / DesignEffect >= 5;
            return Freedom == 0 ? 1
                : isLimit ? Statistics.ChiSquared.Above(ChiSquared / DesignEffect, Freedom)
                : PermutationP(new SeededRandom((ulong)Total));
        }
    }

    /// <summary>For each value with enough people: by how much the share of a group among those who got it differs from its
    /// share among the others. A value that is rare and belongs to one group shows here although V hardly moves.</summary>
    /// <param name="people">How many people must have the value, and not have it.</param>
    public IEnumerable<Concentration> Concentrations(int people)
    {
        var all = cells.Sum(row => row[0].People);
        for (var c = 0; c < columns.Length; c++)
        {
            var having = cells.Sum(row => row[c].PeopleHit);
            var without = cells.Sum(row => row[c].PeopleMissed);
            if (having < people || without < people || all < people)
                continue;
            for (var g = 0; g < rows.Length; g++)
            {
                var others = Total - columns[c];
                var inside = new Rate((double)cells[g][c].Hits / columns[c], Math.Min(columns[c], having), having);
                var outside = new Rate((double)(rows[g] - cells[g][c].Hits) / others, Math.Min(others, without), without);
                yield return new Concentration(inside, outside);
            }
        }
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

    private Interval Noncentrality(double statistic, double tail)
    {
        if (Freedom == 0)
            return new Interval(0, 0);
        var found = Statistics.ChiSquared.Noncentrality(statistic / DesignEffect, Freedom, tail);
        var worth = Total / DesignEffect;
        return new Interval(found.Low / worth, found.High / worth);
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

    // A table costs a few steps a cell and the standard deviation of the counts beside.
    private int Draws()
    {
        var cost = rows.Length * (double)columns.Length * (8 + Math.Sqrt(Total / (double)columns.Length / rows.Length));
        return (int)Math.Clamp(4e8 / cost, 999, 9_999);
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

/// <summary>The share of a group among those with a value, and among those without it.</summary>
/// <param name="Having">Among those with the value.</param>
/// <param name="Without">Among the others.</param>
public readonly record struct Concentration(Rate Having, Rate Without);
