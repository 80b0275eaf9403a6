using Untag.Audit.Aggregates;
using Untag.Audit.Lots;
using Untag.Audit.Measures;

namespace Untag.Audit.Judging;

/// <summary>The numbers of an output in one table or stratum.</summary>
/// <param name="Groups">The groups that are told, then those that are withheld as one if there are any.</param>
/// <param name="Scores">The numbers of each.</param>
internal sealed record ScoreTable(IReadOnlyList<GroupSums> Groups, IReadOnlyList<ScoreSums> Scores);

/// <summary>The ways in which the numbers of an output could tell the group: their order, their shape, and each of their decimal
/// places.</summary>
/// <param name="output">Name of the output.</param>
/// <param name="number">Its number.</param>
/// <param name="tables">Its numbers, by stratum.</param>
/// <param name="told">How many of the groups are told.</param>
/// <param name="overlap">In how many strata a person is, on average.</param>
internal sealed class ScoreMeasures(string output, int number, IReadOnlyList<ScoreTable> tables, int told, double overlap)
{
    private const int ShapeClasses = 16;

    private int Groups => tables[0].Groups.Count;

    /// <summary>The measures.</summary>
    /// <param name="hasValues">True when the values are measured one by one as well: then their shape is known.</param>
    public IEnumerable<IdentifyMeasure> All(bool hasValues)
    {
        var areas = Areas().ToList();
        if (areas.Count > 0)
            yield return new WorstMeasure(areas) { Output = output };
        if (!hasValues)
        {
            var classes = new ScoreClasses(ScoreHistogram.Of(tables.SelectMany(table => table.Scores).Select(score => score.Histogram)), ShapeClasses);
            yield return Measure(output, new ShapeLot(number, classes), classes.Count, score => Shape(score, classes));
        }

        var digits = Enumerable.Range(1, DigitCounts.Places).Where(IsAnyDigit)
            .Select(place => Measure($"{output}, decimal {place}", new DigitLot(number, place), 10, score => score.Digits.At(place))).ToList();
        if (digits.Count > 0)
            yield return new WorstMeasure(digits) { Output = output };
    }

    private IEnumerable<IdentifyMeasure> Areas()
    {
        List<ScoreHistogram> all = [.. tables.Select(table => ScoreHistogram.Of(table.Scores.Select(score => score.Histogram)))];
        var tested = Groups == 2 ? Math.Min(1, told) : told; // of two groups, one says it all
        for (var g = 0; g < tested; g++)
        {
            var others = Enumerable.Range(0, Groups).Where(other => other != g).ToList();
            var strata = new List<Separation>();
            long people = 0, otherPeople = 0;
            foreach (var (table, whole) in tables.Zip(all))
            {
                var rest = others.Select(other => table.Groups[other]).Aggregate(new GroupSums("", 0, 0, 0), (sum, group) => sum + group);
                if (Separation.OfPart(table.Scores[g].Histogram, table.Groups[g].Design, whole, rest.Design) is not { } separation)
                    continue;
                strata.Add(separation);
                people += table.Groups[g].People;
                otherPeople += rest.People;
            }

            if (Separation.Within(strata, overlap) is { } within)
            {
                yield return new AreaMeasure(within, tables[0].Groups[g].Name, (long)(people / overlap), (long)(otherPeople / overlap))
                {
                    Output = output,
                    Lot = new AreaLot(number, g),
                };
            }
        }
    }

    private ValueMeasure Measure(string name, Lot lot, int values, Func<ScoreSums, long[]> counts)
    {
        var whole = new Association(
            [.. tables.Select(table => ContingencyTable.OfCounts([.. table.Scores.Select(counts)], table.Groups))], overlap);
        var people = tables.Sum(table => table.Groups.Sum(group => group.People));
        return new ValueMeasure(
            whole, [.. whole.Concentrations(Groups, values, Disclosure.PeopleMin)], whole.ChanceP, (long)(people / overlap))
        {
            Output = name,
            Lot = lot,
        };
    }

    private bool IsAnyDigit(int place)
    {
        var counts = tables.SelectMany(table => table.Scores).Select(score => score.Digits.At(place)).ToList();
        return Enumerable.Range(0, 10).Count(digit => counts.Any(group => group[digit] > 0)) > 1;
    }

    private static long[] Shape(ScoreSums score, ScoreClasses classes)
    {
        var counts = new long[classes.Count];
        foreach (var (bin, count) in score.Histogram.Bins())
            counts[classes.Of(bin)] += count;
        return counts;
    }
}
