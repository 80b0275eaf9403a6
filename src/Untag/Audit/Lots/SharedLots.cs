using Untag.Audit.Aggregates;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Audit.Lots;

/// <summary>Draws the groups of people by lot and looks at all outputs each time: what several of them show together by chance is known
/// then, however they hang together.</summary>
/// <remarks>
/// The tables are read once more (<see cref="LotReader"/>). People keep their rows and exchange their groups, within strata if there
/// are any. Each statistic is brought to one scale: its mean over all draws is its degrees of freedom, and its cube root is about
/// normal then (Wilson and Hilferty 1931). An output that is looked at in several ways counts with the largest. Draws are seeded by
/// their number, and people stand in an order that their rows give: neither the order of the table nor the number of
/// processors changes anything.
/// </remarks>
internal sealed class SharedLots(AuditRequest request, IReadOnlyList<TableSource> tables, AuditSums sums, CancellationToken cancellation)
{
    private const ulong Seed = 0x6C6F7473;

    // More cells than this are not kept in memory: with so many people the two adjustments hardly differ.
    private const long CellsMax = 16_000_000;
    private const double StepsMax = 1e9;
    private const int DrawsMin = 199;
    private const int DrawsMax = 1_999;

    /// <summary>The chance of each measure for all together; null when there are too many rows, when rows are of two people, or when there
    /// is no measure.</summary>
    /// <param name="measures">The measures of the outputs.</param>
    public IReadOnlyList<double>? Adjusted(IReadOnlyList<IdentifyMeasure> measures)
    {
        var lots = measures.Select(measure => measure.Lots.ToList()).ToList();
        if (sums.OfPairs || lots.Count == 0 || lots.Any(ways => ways.Count == 0) || sums.Rows * LotReader.ColumnsOf(lots) > CellsMax)
            return null;
        var (rows, columns) = new LotReader(request, tables, sums, [.. lots.SelectMany(ways => ways)]).Read(cancellation);
        var draws = Draws(rows, columns);
        var ways = columns.SelectMany(column => column.Lots).ToList();
        for (var i = 0; i < ways.Count; i++)
            Rescale(draws, i, ways[i].Freedom);
        var places = ways.Select((way, i) => (way.Lot, i)).ToDictionary(way => way.Lot, way => way.i);
        return Multiplicity.WestfallYoung([.. draws.Select(Largest)]);

        Draw Largest(Draw draw)
        {
            var largest = new Draw(lots.Count);
            for (var i = 0; i < lots.Count; i++)
                largest[i] = lots[i].Max(way => draw[places[way]]);
            return largest;
        }
    }

    private Draw[] Draws(RowPlaces rows, IReadOnlyList<LotColumn> columns)
    {
        var count = (int)Math.Clamp(StepsMax / Math.Max(1, columns.Sum(column => column.Steps)), DrawsMin, DrawsMax);
        var draws = new Draw[count + 1];
        draws[0] = Measured(columns, rows.GroupOf);
        Parallel.For(
            1, count + 1, new ParallelOptions { CancellationToken = cancellation },
            () => (People: new int[rows.GroupOfPerson.Length], Groups: new int[rows.GroupOf.Length]),
            (draw, _, room) =>
            {
                rows.Draw(new SeededRandom(Seed + (ulong)draw), room.People, room.Groups);
                draws[draw] = Measured(columns, room.Groups);
                return room;
            },
            _ => { });
        return draws;
    }

    private static Draw Measured(IReadOnlyList<LotColumn> columns, int[] groups)
    {
        var draw = new Draw(columns.Sum(column => column.Lots.Count));
        var at = 0;
        foreach (var column in columns)
        {
            column.Measure(groups, draw, at);
            at += column.Lots.Count;
        }

        return draw;
    }

    private static void Rescale(Draw[] draws, int i, double freedom)
    {
        var mean = draws.Average(draw => draw[i]);
        foreach (var draw in draws)
        {
            // Equal tables are equal whatever rounding did.
            draw[i] = mean <= 1e-9 || freedom <= 0 ? double.NegativeInfinity : Math.Round(
                (Math.Cbrt(Math.Max(0, draw[i]) / mean) - 1 + (2 / (9 * freedom))) / Math.Sqrt(2 / (9 * freedom)), 9);
        }
    }
}
