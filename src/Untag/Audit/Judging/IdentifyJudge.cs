using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Audit.Judging;

/// <summary>Judges whether an output tells of what group a person is.</summary>
/// <remarks>
/// Each output with values is a table of groups and values. The claim on it holds when, for all outputs together,
/// <list type="number">
/// <item>the upper bound of Cramér's V lies below the tolerance, and</item>
/// <item>no value singles a group out: the share of the group among those who got the value differs from its share among the
/// others by less than the tolerance. V alone would pass a rare value that is given to one group only.</item>
/// </list>
/// </remarks>
internal sealed class IdentifyJudge(AuditSums sums, Tolerances tolerances)
{
    // Any number would do; it is fixed so that a run can be repeated.
    private const ulong Seed = 0x756E746167;

    private readonly IReadOnlyList<int> told = Disclosure.Told(sums.Groups);

    /// <summary>The lines of all outputs.</summary>
    public IReadOnlyList<IdentifyLine> Lines { get; private set; } = [];

    /// <summary>What would settle the outputs that are insufficient.</summary>
    public IReadOnlyList<SettlesLine> Settles { get; private set; } = [];

    /// <summary>The verdict on all outputs; null when there is none.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>Judges.</summary>
    public IdentifyJudge Judge()
    {
        var tables = sums.Outputs.Select(Table).ToList();
        var chances = tables.Select((table, i) => table.PermutationP(new SeededRandom(Seed + (ulong)i))).ToList();
        var adjusted = Holm(chances.Select(chance => new Chance(chance)).ToList());
        var verdicts = tables.Select(VerdictOn).ToList();
        Lines = [.. tables.SelectMany((table, i) =>
            LinesOf(sums.Outputs[i].Name, table, chances[i], adjusted[i].P, verdicts[i]))];
        Verdict = Verdicts.Worst(verdicts);
        if (Verdict == Judging.Verdict.Insufficient)
            Settles = [new SettlesLine(AuditClaims.NoTagLeaked, null, Needed(tables, verdicts))];
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

    // The groups that are withheld are one row of the table: what is told of it tells nothing of each.
    private ContingencyTable Table(OutputSums output)
    {
        var rows = told.Select(g => output.Cells[g]).ToList();
        var hidden = Enumerable.Range(0, output.Cells.Count).Except(told).ToList();
        if (hidden.Count > 0 && hidden.Sum(g => sums.Groups[g].People) >= Disclosure.PeopleMin)
            rows.Add([.. output.Values.Select((_, c) => hidden.Aggregate(default(CellSums), (sum, g) => sum + output.Cells[g][c]))]);
        return new ContingencyTable(rows);
    }

    private double Tail => (1 - tolerances.Confidence) / 2 / Math.Max(1, sums.Outputs.Count);

    private Verdict VerdictOn(ContingencyTable table)
    {
        if (table.Groups < 2 || sums.People < tolerances.PeopleMin)
            return Judging.Verdict.Insufficient; // there is no group to tell from another
        if (table.Values < 2)
            return Judging.Verdict.Holds; // a constant says nothing
        var whole = Verdicts.Of(table.CramersVInterval(Tail), tolerances.LeakV);
        var values = table.Concentrations(Disclosure.PeopleMin).ToList();
        var confidence = 1 - (2 * Tail / Math.Max(1, values.Count));
        var single = values.Select(value => Verdicts.Of(
            GuaranteedGap.Between(value.Having, value.Without, confidence).Size(), tolerances.LeakV));
        return Verdicts.Worst(single.Append(whole))!.Value;
    }

    private IEnumerable<IdentifyLine> LinesOf(
        string output, ContingencyTable table, double chance, double adjusted, Verdict verdict)
    {
        var tail = (1 - tolerances.Confidence) / 2;
        var isTable = table.Groups >= 2;
        var v = table.CramersVInterval(tail);
        var information = table.MutualInformationInterval(tail);
        yield return new IdentifyLine
        {
            Output = output,
            Measure = "cramers_v",
            Estimate = isTable ? Disclosure.Rounded(table.CramersV) : null,
            Corrected = isTable ? Disclosure.Rounded(table.CramersVCorrected) : null,
            Low = isTable ? Disclosure.Rounded(v.Low) : null,
            High = isTable ? Disclosure.Rounded(v.High) : null,
            P = isTable ? chance : null,
            PAdjusted = isTable ? adjusted : null,
            Verdict = verdict,
        };
        yield return new IdentifyLine
        {
            Output = output,
            Measure = "mutual_information_nats",
            Estimate = isTable ? Disclosure.Rounded(table.MutualInformation) : null,
            Corrected = isTable ? Disclosure.Rounded(table.MutualInformationCorrected) : null,
            Low = isTable ? Disclosure.Rounded(information.Low) : null,
            High = isTable ? Disclosure.Rounded(information.High) : null,
            P = isTable ? chance : null,
            PAdjusted = isTable ? adjusted : null,
        };
        yield return new IdentifyLine
        {
            Output = output,
            Measure = "g",
            Estimate = isTable ? Disclosure.Rounded(table.G) : null,
            P = isTable ? chance : null,
            PAdjusted = isTable ? adjusted : null,
        };
    }

    private long? Needed(List<ContingencyTable> tables, List<Verdict> verdicts)
    {
        long? most = 0;
        for (var i = 0; i < tables.Count; i++)
        {
            if (verdicts[i] != Judging.Verdict.Insufficient)
                continue;
            var v = tables[i].CramersVCorrected;
            var bounds = tables[i].CramersVInterval(Tail);
            var reach = v < tolerances.LeakV ? bounds.High - v : v - bounds.Low;
            var least = Math.Max(tolerances.PeopleMin, sums.People + 1);
            var needed = PeopleNeeded.For(sums.People, reach, Math.Abs(v - tolerances.LeakV), least);
            most = most is null || needed is null ? null : Math.Max(most.Value, needed.Value);
        }

        return most;
    }
}
