using Untag.Audit.Aggregates;
using Untag.Audit.Measures;

namespace Untag.Audit.Judging;

/// <summary>The ways in which the numbers of an output could tell the group: their order, their shape, and each of their decimal
/// places.</summary>
internal static class ScoreMeasures
{
    private const int ShapeClasses = 16;

    /// <summary>The measures of an output of numbers.</summary>
    /// <param name="output">Name of the output.</param>
    /// <param name="groups">The groups that are told, then those that are withheld as one if there are any.</param>
    /// <param name="told">How many of them are told.</param>
    /// <param name="scores">The numbers of each.</param>
    /// <param name="hasValues">True when the values are measured one by one as well: then their shape is known.</param>
    public static IEnumerable<IdentifyMeasure> Of(
        string output, IReadOnlyList<GroupSums> groups, int told, IReadOnlyList<ScoreSums> scores, bool hasValues)
    {
        var areas = Areas(output, groups, told, scores).ToList();
        if (areas.Count > 0)
            yield return new WorstMeasure(areas) { Output = output };
        if (!hasValues)
            yield return Measure(output, Shape(scores), groups);
        var digits = Enumerable.Range(1, DigitCounts.Places)
            .Select(place => (Place: place, Counts: scores.Select(score => score.Digits.At(place)).ToList()))
            .Where(place => Enumerable.Range(0, 10).Count(digit => place.Counts.Any(group => group[digit] > 0)) > 1)
            .Select(place => Measure($"{output}, decimal {place.Place}", place.Counts, groups)).ToList();
        if (digits.Count > 0)
            yield return new WorstMeasure(digits) { Output = output };
    }

    private static IEnumerable<IdentifyMeasure> Areas(
        string output, IReadOnlyList<GroupSums> groups, int told, IReadOnlyList<ScoreSums> scores)
    {
        var tested = groups.Count == 2 ? Math.Min(1, told) : told; // of two groups, one says it all
        for (var g = 0; g < tested; g++)
        {
            var others = Enumerable.Range(0, groups.Count).Where(other => other != g).ToList();
            var rest = others.Select(other => groups[other]).Aggregate(new GroupSums("", 0, 0, 0), (sum, group) => sum + group);
            var numbers = ScoreSums.Of(others.Select(other => scores[other]));
            if (Separation.Of(scores[g].Histogram, groups[g].Design, numbers.Histogram, rest.Design) is { } separation)
                yield return new AreaMeasure(separation, groups[g].Name, groups[g].People, rest.People) { Output = output };
        }
    }

    private static ValueMeasure Measure(string output, List<long[]> counts, IReadOnlyList<GroupSums> groups)
    {
        var table = ContingencyTable.OfCounts(counts, groups);
        return new ValueMeasure(table, table.ChanceP, groups.Sum(group => group.People)) { Output = output };
    }

    // Classes of about equal size over all groups together: their bounds say nothing of a group.
    private static List<long[]> Shape(IReadOnlyList<ScoreSums> scores)
    {
        var pooled = ScoreSums.Of(scores).Histogram;
        var classOf = new Dictionary<int, int>();
        double below = 0;
        foreach (var (bin, count) in pooled.Bins())
        {
            classOf[bin] = (int)(ShapeClasses * (below + (count / 2.0)) / pooled.Total);
            below += count;
        }

        var shape = new List<long[]>();
        foreach (var score in scores)
        {
            var counts = new long[ShapeClasses];
            foreach (var (bin, count) in score.Histogram.Bins())
                counts[classOf[bin]] += count;
            shape.Add(counts);
        }

        return shape;
    }
}
