using Untag.Audit.Aggregates;
using Untag.Audit.Tables;

namespace Untag.Audit.Judging;

/// <summary>Measures what two outputs say together, in a reading of its own.</summary>
internal static class PairMeasures
{
    // Beyond this a table would be read for much longer than its outputs one by one.
    private const long CellsMax = 16_000_000;

    /// <summary>The measure of all pairs; none when there is no pair, when rows are of two people, or when there are too many rows.</summary>
    public static IEnumerable<IdentifyMeasure> Of(
        AuditRequest request, IReadOnlyList<TableSource> tables, AuditSums sums, CancellationToken cancellation)
    {
        var asked = PairedOutputs.AskedOf(request, sums);
        if (asked.Outputs.Count == 0 || sums.OfPairs || sums.Strata.Count > 0 || sums.Rows * asked.Outputs.Count > CellsMax)
            return [];
        var paired = new TableSums(asked);
        foreach (var table in tables)
        {
            using var stream = TableFile.Open(table);
            using var rows = new PairedOutputs(AcquiredRows.Of(TableFile.Rows(stream, table.Name), request), request, sums);
            paired.Add(rows, cancellation);
        }

        var together = paired.Close();
        var measures = new OutputMeasures(together, [together]);
        var parts = asked.Outputs.Select((_, pair) => measures.ByValue(pair, table => table.ChanceP)).ToList();
        return parts.Count == 0 ? [] : [new PairMeasure(new WorstMeasure(parts) { Output = "" }) { Output = "" }];
    }
}

/// <summary>What two outputs say together. It can make a claim fail; that it holds is said of each output, since there are many pairs and few
/// people for each.</summary>
internal sealed record PairMeasure(WorstMeasure Pairs) : IdentifyMeasure
{
    public override double P => Pairs.P;

    public override Verdict VerdictOn(Tolerances tolerances, Mixing mixing, double tail) =>
        Pairs.VerdictOn(tolerances, mixing, tail) == Verdict.Fails ? Verdict.Fails : Verdict.Holds;

    public override long? Needed(Tolerances tolerances, Mixing mixing, double tail) => null;

    public override IEnumerable<IdentifyLine> Lines(double confidence, Mixing? mixing, double? adjusted, Verdict? verdict) =>
        Pairs.Lines(confidence, mixing, adjusted, verdict == Verdict.Fails ? verdict : null);
}
