using Untag.Audit.Aggregates;
using Untag.Audit.Lots;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Audit.Judging;

/// <summary>The ways in which an output could tell the group: in the whole table, or to somebody who knows the stratum.</summary>
/// <remarks>The groups that are withheld count as one: what is told of it tells nothing of each.</remarks>
internal sealed class OutputMeasures
{
    // Any number would do; it is fixed so that a run can be repeated.
    private const ulong Seed = 0x756E746167;

    private readonly AuditSums whole;
    private readonly IReadOnlyList<AuditSums> tables;
    private readonly IReadOnlyList<IReadOnlyList<string>> parts;
    private readonly IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> places; // by table, by part: the groups of it
    private readonly int told;

    /// <summary>Measures in the whole table, or within strata.</summary>
    /// <param name="whole">The whole table.</param>
    /// <param name="tables">It alone, or its strata.</param>
    public OutputMeasures(AuditSums whole, IReadOnlyList<AuditSums> tables)
    {
        (this.whole, this.tables) = (whole, tables);
        parts = Disclosure.Parts(whole.Groups);
        told = Disclosure.Told(whole.Groups).Count;
        places = [.. tables.Select(table => (IReadOnlyList<IReadOnlyList<int>>)[.. parts.Select(part => PlacesOf(part, table))])];
        Overlap = Math.Max(1, (double)tables.Sum(table => table.People) / whole.People);
    }

    /// <summary>In how many of the tables a person is, on average.</summary>
    public double Overlap { get; }

    /// <summary>The measures of an output.</summary>
    public IEnumerable<IdentifyMeasure> Of(int number)
    {
        var output = whole.Outputs[number];
        if (output.Values.Count > 0)
            yield return ByValue(number, table => table.LotP(new SeededRandom(Seed + (ulong)number)));

        if (output.Values.Count == 0 && parts.Count < 2)
            yield return new UntoldMeasure { Output = output.Name };
        if (output.Scores is null || output.Values.Count is 1 or 2 || parts.Count < 2)
            yield break; // of two values, the table says it all
        IReadOnlyList<ScoreTable> numbers = [.. tables.Select((_, t) => ScoresOf(number, t))];
        foreach (var measure in new ScoreMeasures(output.Name, number, numbers, told, Overlap).All(output.Values.Count > 0))
            yield return measure;
    }

    /// <summary>The measure of an output by its values.</summary>
    /// <param name="number">The number of the output.</param>
    /// <param name="chance">How the chance is found.</param>
    public ValueMeasure ByValue(int number, Func<Association, double> chance)
    {
        var output = whole.Outputs[number];
        var table = new Association([.. tables.Select((_, t) => TableOf(number, t))], Overlap);
        IReadOnlyList<StratifiedGap> values = [.. table.Concentrations(parts.Count, output.Values.Count, Disclosure.PeopleMin)];
        return new ValueMeasure(table, values, chance(table), whole.People) { Output = output.Name, Lot = new ValueLot(number) };
    }

    // Parts that were merged can know other values in each stratum.
    private ContingencyTable TableOf(int number, int t)
    {
        var output = tables[t].Outputs[number];
        var at = output.Values.Select((value, v) => (value, v)).ToDictionary(pair => pair.value, pair => pair.v, StringComparer.Ordinal);
        return new ContingencyTable(places[t].Select(groups => (IReadOnlyList<CellSums>)[.. whole.Outputs[number].Values.Select(value =>
            groups.Aggregate(default(CellSums), (sum, g) => sum + (at.TryGetValue(value, out var v)
                ? output.Cells[g][v]
                : output.Cells[g][0].OfNobody)))]));
    }

    private ScoreTable ScoresOf(int number, int t) => new(
        [.. places[t].Select((groups, p) => groups.Select(g => tables[t].Groups[g])
            .Aggregate(new GroupSums(parts[p][0], 0, 0, 0), (sum, group) => sum + group))],
        [.. places[t].Select(groups => groups.Count == 1
            ? tables[t].Outputs[number].Scores![groups[0]]
            : ScoreSums.Of(groups.Select(g => tables[t].Outputs[number].Scores![g])))]);

    private static IReadOnlyList<int> PlacesOf(IReadOnlyList<string> part, AuditSums table) =>
        [.. Enumerable.Range(0, table.Groups.Count).Where(g => part.Contains(table.Groups[g].Name))];
}
