using Untag.Audit.Statistics;

namespace Untag.Audit.Measures;

/// <summary>How much the values of an output say about the groups: as counted, and in the population.</summary>
/// <remarks>
/// χ² of n rows is distributed about as a non-central χ² with f degrees of freedom and a non-centrality λ, which is what is behind it; on
/// average it is λ + f, of which f is what chance adds. Each measure therefore has two forms, and each form an interval of
/// its own, from the λ that the table allows (<see cref="ChiSquared.Noncentrality"/>):
/// <list type="bullet">
/// <item>as counted: what tables of so many rows show, between λ_low + f and λ_high + f (Smithson, Confidence Intervals, 2003,
/// chapter 4). Where chance alone explains the table its lower bound is 0;</item>
/// <item>corrected: what is there in the population, between λ_low and λ_high, with Bergsma's and Miller's estimates.</item>
/// </list>
/// Where people recur, n and χ² are divided by the design effect first. Several tables are strata: their χ², f and λ add up, and
/// what is measured is what the values say to somebody who knows the stratum already. A person who is in k strata on average makes the
/// sum vary as k χ² with f / k degrees of freedom (Satterthwaite 1946), if what the strata have in common is all that there is.
/// </remarks>
public sealed class Association
{
    private const double StepsMax = 5e7; // of all draws
    private const double FewSteps = 1e7; // a tenth of a second
    private const int DrawsMin = 999;
    private const int DrawsMax = 9_999;

    private readonly IReadOnlyList<ContingencyTable> strata;
    private readonly double overlap;
    private readonly double rows; // effective
    private readonly double reach; // the largest χ² that the strata could have: V is 1 there

    /// <summary>Of one table, or of the tables of several strata to which the same groups and values were given.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="overlap">In how many of them a person is, on average.</param>
    public Association(IReadOnlyList<ContingencyTable> tables, double overlap = 1)
    {
        strata = [.. tables.Where(table => table.Freedom > 0)];
        this.overlap = Math.Clamp(overlap, 1, Math.Max(1, strata.Count));
        rows = tables.Sum(Worth);
        reach = strata.Sum(table => Worth(table) * Smaller(table.Groups, table.Values));
        Freedom = strata.Sum(table => table.Freedom);
        HasGroups = tables.Any(table => table.Groups > 1);
    }

    /// <summary>True when there are two groups to be told apart.</summary>
    public bool HasGroups { get; }

    /// <summary>f; 0 when there is nothing to tell apart.</summary>
    public int Freedom { get; }

    /// <summary>The likelihood ratio 2 Σ n_gc ln(n_gc / e_gc), as counted.</summary>
    public double G => strata.Sum(table => table.G);

    /// <summary>V = √(χ² / (n (min(groups, values) − 1))), from 0 to 1, as counted (Cramér 1946).</summary>
    public double V => Freedom == 0 ? 0 : Math.Min(1, Math.Sqrt(ChiSquared / reach));

    /// <summary>The interval of V as counted.</summary>
    /// <param name="tail">What each bound may leave out, such as 0.025.</param>
    public Interval VInterval(double tail) => Each(Counted(ChiSquared, tail), sum => Math.Min(1, Math.Sqrt(sum / reach)));

    /// <summary>V without what chance adds (Bergsma, Journal of the Korean Statistical Society 42, 2013): φ² less
    /// (r − 1)(c − 1) / (n − 1), and r and c less (r − 1)² / (n − 1) and (c − 1)² / (n − 1).</summary>
    public double CorrectedV
    {
        get
        {
            double sum = 0, most = 0;
            foreach (var table in strata)
            {
                var others = Worth(table) - 1;
                if (others <= 0)
                    continue;
                sum += Worth(table) * ((table.ChiSquared / table.Total) - (table.Freedom / others));
                most += Worth(table) * Smaller(
                    table.Groups - ((table.Groups - 1.0) * (table.Groups - 1) / others),
                    table.Values - ((table.Values - 1.0) * (table.Values - 1) / others));
            }

            return sum <= 0 || most <= 0 ? 0 : Math.Min(1, Math.Sqrt(sum / most));
        }
    }

    /// <summary>The interval of V in the population. In tables with nearly as many values as rows, Bergsma's estimate can lie beyond it:
    /// then it reaches as far.</summary>
    /// <param name="tail">What each bound may leave out, such as 0.025.</param>
    public Interval CorrectedVInterval(double tail) =>
        Holding(CorrectedV, Each(Behind(ChiSquared, tail), sum => Math.Min(1, Math.Sqrt(sum / reach))));

    /// <summary>I = Σ p_gc ln(p_gc / (p_g p_c)) in nats, as counted; of strata their mean.</summary>
    public double Information => Freedom == 0 ? 0 : WorthOfG / (2 * rows);

    /// <summary>The interval of I as counted.</summary>
    /// <param name="tail">What each bound may leave out, such as 0.025.</param>
    public Interval InformationInterval(double tail) => Each(Counted(WorthOfG, tail), sum => sum / (2 * rows));

    /// <summary>I less what chance adds on average, f / 2n; not below 0 (Miller 1955).</summary>
    public double CorrectedInformation => Freedom == 0 ? 0 : Math.Max(0, Information - (Freedom / (2 * rows)));

    /// <summary>The interval of I in the population, in nats.</summary>
    /// <param name="tail">What each bound may leave out, such as 0.025.</param>
    public Interval CorrectedInformationInterval(double tail) =>
        Holding(CorrectedInformation, Each(Behind(WorthOfG, tail), sum => sum / (2 * rows)));

    /// <summary>The chance that groups drawn by lot, within strata, would get a G as large as this.</summary>
    /// <remarks>With B tables p = (1 + #{G_b ≥ G}) / (1 + B). Where people recur, G is divided by the design effect first.</remarks>
    /// <param name="random">The source of chance.</param>
    public double PermutationP(SeededRandom random)
    {
        if (Freedom == 0)
            return 1;
        if (overlap > 1)
            return Statistics.ChiSquared.Above(WorthOfG / overlap, Freedom / overlap); // to draw each stratum by itself would forget it
        var bound = WorthOfG - (1e-9 * (1 + WorthOfG)); // tables that are equal count as equal, whatever rounding did
        var draws = (int)Math.Clamp(StepsMax / CostOfDraw, DrawsMin, DrawsMax);
        var reached = 0;
        for (var i = 0; i < draws; i++)
        {
            if (strata.Sum(table => table.DrawnG(random)) >= bound)
                reached++;
        }

        return (1.0 + reached) / (1.0 + draws);
    }

    /// <summary>The same where drawing costs little; otherwise <see cref="ChanceP"/>.</summary>
    /// <param name="random">The source of chance.</param>
    public double LotP(SeededRandom random) => CostOfDraw * DrawsMax <= FewSteps ? PermutationP(random) : ChanceP;

    /// <summary>The chance of so large a χ² by its limiting distribution where that is reached, by permutation otherwise.</summary>
    public double ChanceP => Freedom == 0 ? 1
        : overlap > 1 || strata.All(table => table.IsLimit) ? Statistics.ChiSquared.Above(ChiSquared / overlap, Freedom / overlap)
        : PermutationP(new SeededRandom((ulong)strata.Sum(table => table.Total)));

    /// <summary>For each value with enough people: by how much the share of a group among those who got it differs from its share among
    /// the others, within strata.</summary>
    /// <param name="groups">How many groups were given.</param>
    /// <param name="values">How many values were given.</param>
    /// <param name="people">How many people must have the value, and not have it.</param>
    public IEnumerable<StratifiedGap> Concentrations(int groups, int values, int people)
    {
        for (var c = 0; c < values; c++)
        {
            var having = strata.Sum(table => table.PeopleOf(c).Having);
            var without = strata.Sum(table => table.PeopleOf(c).Without);
            if (having < people || without < people)
                continue;
            for (var g = 0; g < groups; g++)
            {
                if (StratifiedGap.Of([.. strata.Select(table => table.Concentration(g, c)).OfType<Pair>()]) is { } gap)
                    yield return gap;
            }
        }
    }

    private double CostOfDraw => strata.Sum(table => table.CostOfDraw);

    private double ChiSquared => strata.Sum(table => table.ChiSquared / table.DesignEffect);

    private double WorthOfG => strata.Sum(table => table.G / table.DesignEffect);

    private delegate double Scale(double sum);

    private static double Worth(ContingencyTable table) => table.Total / table.DesignEffect;

    private static double Smaller(double groups, double values) => Math.Min(groups, values) - 1;

    private static Interval Holding(double estimate, Interval interval) =>
        new(Math.Min(interval.Low, estimate), Math.Max(interval.High, estimate));

    private Interval Each(Interval sums, Scale scale) =>
        Freedom == 0 ? new Interval(0, 0) : new Interval(scale(sums.Low), scale(sums.High));

    private Interval Behind(double statistic, double tail) =>
        Freedom == 0 ? default : Times(overlap, Statistics.ChiSquared.Noncentrality(statistic / overlap, Freedom / overlap, tail));

    private static Interval Times(double factor, Interval interval) => new(factor * interval.Low, factor * interval.High);

    private Interval Counted(double statistic, double tail)
    {
        var behind = Behind(statistic, tail);
        return new Interval(behind.Low > 0 ? behind.Low + Freedom : 0, behind.High + Freedom);
    }
}
