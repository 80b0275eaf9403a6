namespace Untag.Audit.Aggregates;

/// <summary>Adds up the sums of tables that share no person. They are whole numbers, and everything is in the order of names: any
/// order and any tree of additions gives the same.</summary>
public static class SumsMerge
{
    /// <summary>The sums of both, which take over the histograms of both: neither is to be used any more.</summary>
    /// <param name="a">Sums of one request.</param>
    /// <param name="b">Sums of an equal request over other people.</param>
    public static AuditSums Add(AuditSums a, AuditSums b)
    {
        var names = a.Groups.Concat(b.Groups).Select(group => group.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        var (placesA, placesB) = (Places(names, a), Places(names, b));
        return new AuditSums
        {
            Rows = a.Rows + b.Rows,
            OfPairs = a.OfPairs,
            Groups = [.. names.Select((name, g) => Group(name, a, placesA[g]) + Group(name, b, placesB[g]))],
            Outputs = [.. a.Outputs.Select((output, i) => Add(output, placesA, b.Outputs[i], placesB))],
            Decisions = [.. a.Decisions.Select((decision, i) => Add(decision, placesA, b.Decisions[i], placesB))],
            Embedding = a.Embedding is null || b.Embedding is null ? null : a.Embedding + b.Embedding,
            Failures = a.Failures is null || b.Failures is null ? null : Add(a.Failures, b.Failures),
            Strata = [.. a.Strata.Concat(b.Strata).GroupBy(stratum => stratum.Name, StringComparer.Ordinal)
                .OrderBy(stratum => stratum.Key, StringComparer.Ordinal)
                .Select(parts => new StratumSums(parts.Key, parts.Select(part => part.Sums).Aggregate(Add)))],
        };
    }

    // Where each group stands; −1 where the sums do not know it.
    private static List<int> Places(List<string> names, AuditSums sums)
    {
        var known = sums.Groups.Select(group => group.Name).ToList();
        return [.. names.Select(name => known.IndexOf(name))];
    }

    private static GroupSums Group(string name, AuditSums sums, int place) =>
        place < 0 ? new GroupSums(name, 0, 0, 0) : sums.Groups[place];

    private static OutputSums Add(OutputSums a, List<int> placesA, OutputSums b, List<int> placesB)
    {
        var scores = a.Scores is null || b.Scores is null ? null : placesA.Select((placeA, g) =>
            placeA < 0 ? b.Scores[placesB[g]] : placesB[g] < 0 ? a.Scores[placeA] : a.Scores[placeA].Add(b.Scores[placesB[g]])).ToList();
        var values = a.Values.Concat(b.Values).Distinct().Order(StringComparer.Ordinal).ToList();
        if (a.Values.Count == 0 || b.Values.Count == 0 || values.Count > OutputSums.ValuesMax)
        {
            return new OutputSums(a.Name, [], [], scores ?? throw new AuditInputException(
                $"column `{a.Name}` has more than {OutputSums.ValuesMax} values, and not all of them are finite numbers",
                "an output is a class of few values or a score: leave out rows without a score"));
        }

        var (columnsA, columnsB) = (Columns(values, a), Columns(values, b));
        return new OutputSums(
            a.Name, values,
            [.. placesA.Select((placeA, g) =>
                (IReadOnlyList<CellSums>)[.. values.Select((_, v) => Cell(a, placeA, columnsA[v]) + Cell(b, placesB[g], columnsB[v]))])],
            scores);
    }

    private static List<int> Columns(List<string> values, OutputSums sums)
    {
        var places = sums.Values.Select((value, v) => (value, v)).ToDictionary(pair => pair.value, pair => pair.v, StringComparer.Ordinal);
        return [.. values.Select(value => places.GetValueOrDefault(value, -1))];
    }

    // A value that nobody got there: everybody has missed it.
    private static CellSums Cell(OutputSums output, int group, int value)
    {
        if (group < 0)
            return default;
        return value >= 0 ? output.Cells[group][value] : output.Cells[group][0].OfNobody;
    }

    private static DecisionTable Add(DecisionTable a, List<int> placesA, DecisionTable b, List<int> placesB) => a with
    {
        Groups = [.. placesA.Select((placeA, g) =>
            (placeA < 0 ? default : a.Groups[placeA]) + (placesB[g] < 0 ? default : b.Groups[placesB[g]]))],
        Curve = a.Curve is null || b.Curve is null ? null : a.Curve with
        {
            Groups = [.. placesA.Select((placeA, g) => placeA < 0 ? b.Curve.Groups[placesB[g]]
                : placesB[g] < 0 ? a.Curve.Groups[placeA]
                : a.Curve.Groups[placeA].Add(b.Curve.Groups[placesB[g]]))],
        },
    };
}
