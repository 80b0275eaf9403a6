using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Audit.Judging;

/// <summary>Judges whether an output tells of what group a person is.</summary>
/// <remarks>An output of few values is measured by its values (<see cref="ValueMeasure"/>), one of numbers by their order, their
/// shape and their digits (<see cref="ScoreMeasures"/>). The claim holds when each measure of each output does, by bounds that
/// hold for all of them together.</remarks>
/// <param name="sums">The sums of the tables.</param>
/// <param name="tolerances">What is tolerated.</param>
/// <param name="more">Measures that sums do not hold: those of embeddings.</param>
internal sealed class IdentifyJudge(AuditSums sums, Tolerances tolerances, IReadOnlyList<IdentifyMeasure> more)
{
    // Any number would do; it is fixed so that a run can be repeated.
    private const ulong Seed = 0x756E746167;

    /// <summary>The lines of all outputs.</summary>
    public IReadOnlyList<IdentifyLine> Lines { get; private set; } = [];

    /// <summary>What would settle the outputs that are insufficient.</summary>
    public IReadOnlyList<SettlesLine> Settles { get; private set; } = [];

    /// <summary>The verdict on all outputs; null when there is none.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>Judges.</summary>
    public IdentifyJudge Judge()
    {
        var measures = sums.Outputs.SelectMany(Measures).Concat(more).ToList();
        var adjusted = Holm([.. measures.Select(measure => new Chance(measure.P))]);
        var tail = (1 - tolerances.Confidence) / 2 / Math.Max(1, measures.Count);
        var verdicts = measures.Select(measure => measure.VerdictOn(tolerances, tail)).ToList();
        Lines = [.. measures.SelectMany((measure, i) => measure.Lines(tolerances.Confidence, adjusted[i].P, verdicts[i]))];
        Verdict = Verdicts.Worst(verdicts);
        if (Verdict == Judging.Verdict.Insufficient)
        {
            var needed = measures.Where((_, i) => verdicts[i] == Judging.Verdict.Insufficient)
                .Select(measure => measure.Needed(tolerances, tail)).ToList();
            Settles = [new SettlesLine(AuditClaims.NoTagLeaked, null, needed.Contains(null) ? null : needed.Max())];
        }

        return this;
    }

    /// <summary>A p-value.</summary>
    internal readonly record struct Chance(double P);

    /// <summary>Holm's step-down adjustment (Scandinavian Journal of Statistics 6, 1979): the chance that any of them is so
    /// small, whatever their dependence.</summary>
    internal static IReadOnlyList<Chance> Holm(IReadOnlyList<Chance> chances)
    {
        var adjusted = new Chance[chances.Count];
        var least = 0.0;
        var order = Enumerable.Range(0, chances.Count).OrderBy(i => chances[i].P).ToList();
        for (var rank = 0; rank < order.Count; rank++)
        {
            least = Math.Max(least, Math.Min(1, (order.Count - rank) * chances[order[rank]].P));
            adjusted[order[rank]] = new Chance(least);
        }

        return adjusted;
    }

    // The groups that are withheld count as one: what is told of it tells nothing of each.
    private IEnumerable<IdentifyMeasure> Measures(OutputSums output, int number)
    {
        var told = Disclosure.Told(sums.Groups);
        var hidden = Enumerable.Range(0, sums.Groups.Count).Except(told).ToList();
        IReadOnlyList<IReadOnlyList<int>> parts = [.. told.Select(g => new[] { g })];
        if (hidden.Sum(g => sums.Groups[g].People) >= Disclosure.PeopleMin)
            parts = [.. parts, hidden];
        if (output.Values.Count > 0)
        {
            var table = new ContingencyTable(parts.Select(part => (IReadOnlyList<CellSums>)[.. output.Values.Select(
                (_, c) => part.Aggregate(default(CellSums), (sum, g) => sum + output.Cells[g][c]))]));
            var chance = table.PermutationP(new SeededRandom(Seed + (ulong)number));
            yield return new ValueMeasure(table, chance, sums.People) { Output = output.Name };
        }

        if (output.Values.Count == 0 && parts.Count < 2)
            yield return new UntoldMeasure { Output = output.Name };
        if (output.Scores is not { } scores || output.Values.Count is 1 or 2 || parts.Count < 2)
            yield break; // of two values, the table says it all
        IReadOnlyList<GroupSums> groups = [.. parts.Select(part => part.Select(g => sums.Groups[g]).Aggregate((a, b) => a + b))];
        var numbers = parts.Select(part => ScoreSums.Of(part.Select(g => scores[g]))).ToList();
        foreach (var measure in ScoreMeasures.Of(output.Name, groups, told.Count, numbers, output.Values.Count > 0))
            yield return measure;
    }
}
