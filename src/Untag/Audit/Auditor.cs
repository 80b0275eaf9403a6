using Untag.Audit.Aggregates;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;
using Untag.Audit.Lots;
using Untag.Audit.Tables;

namespace Untag.Audit;

/// <summary>Measures what outputs and decisions say about groups.</summary>
/// <remarks>
/// <list type="number">
/// <item>the table is read block by block into sums by group (<see cref="TableSums"/>): no row is kept;</item>
/// <item>where there are strata, again into sums by group and stratum (<see cref="Stratified"/>);</item>
/// <item>and again for what two outputs say together (<see cref="PairMeasures"/>), and for drawing groups of people by lot
/// (<see cref="SharedLots"/>), if it is not too large;</item>
/// <item>embeddings are read beside it, several times (<see cref="EmbeddingAudit"/>);</item>
/// <item>what is told of few people is left out (<see cref="Disclosure"/>);</item>
/// <item>outputs are judged by what they say of the group (<see cref="IdentifyJudge"/>);</item>
/// <item>decisions are judged by what they do to each group (<see cref="TargetJudge"/>).</item>
/// </list>
/// </remarks>
public static class Auditor
{
    /// <summary>Audits tables with the same columns; their rows count as one table.</summary>
    /// <param name="request">What to measure.</param>
    /// <param name="tables">The files.</param>
    /// <param name="cancellation">Ends the audit: a part of a table is no table.</param>
    /// <exception cref="AuditInputException">A table or the request cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static AuditReport Audit(AuditRequest request, IReadOnlyList<TableSource> tables, CancellationToken cancellation) =>
        Audit(request, tables, Sums(request, tables, cancellation), cancellation);

    /// <summary>Adds a part up, with the moments of its embedding, and judges nothing: for <see cref="AuditPartials"/>.</summary>
    /// <param name="request">What to measure.</param>
    /// <param name="tables">The files.</param>
    /// <param name="cancellation">Ends the reading: a part of a table is no table.</param>
    /// <exception cref="AuditInputException">A table, the array or the request cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static AuditSums PartSums(AuditRequest request, IReadOnlyList<TableSource> tables, CancellationToken cancellation)
    {
        if (request is { Embedding: not null, Strata.Count: > 0 })
        {
            throw new AuditInputException(
                "moments of an embedding are not written within strata: a stratum of a part has few people", "leave --strata out, or audit the tables together");
        }

        var sums = Sums(request, tables, cancellation);
        return request.Embedding is not { } embedding ? sums : sums with
        {
            Embedding = new EmbeddingAudit(request, embedding, tables, sums, MeasuredRows.Of(request.Consumed), cancellation).Moments(),
        };
    }

    /// <summary>Adds tables up and judges nothing.</summary>
    /// <param name="request">What to measure.</param>
    /// <param name="tables">The files.</param>
    /// <param name="cancellation">Ends the reading: a part of a table is no table.</param>
    /// <exception cref="AuditInputException">A table or the request cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static AuditSums Sums(AuditRequest request, IReadOnlyList<TableSource> tables, CancellationToken cancellation)
    {
        var sums = new TableSums(request);
        foreach (var table in tables)
        {
            using var stream = TableFile.Open(table);
            using var rows = AcquiredRows.Of(TableFile.Rows(stream, table.Name), request);
            sums.Add(rows, cancellation);
        }

        var whole = sums.Close();
        MixedOutputs.Refuse(whole);
        return whole with
        {
            Strata = request.Strata.Count == 0 ? [] : Stratified.Sums(request, tables, cancellation),
            Failures = request.Failures.Count == 0 ? null : Sums(AcquiredRows.Failed(request), tables, cancellation),
        };
    }

    private static AuditReport Audit(
        AuditRequest request, IReadOnlyList<TableSource> tables, AuditSums sums, CancellationToken cancellation) =>
        Judge(request, sums, new SharedLots(request, tables, sums, cancellation),
        [
            .. PairMeasures.Of(request, tables, sums, cancellation),
            .. request.Embedding is not { } embedding
                ? []
                : new EmbeddingAudit(request, embedding, tables, sums, MeasuredRows.Of(request.Consumed), cancellation).Measures(ProbeKinds.ClosedForm),
        ]);

    /// <summary>Judges sums.</summary>
    /// <param name="request">What was asked for: its tolerances and its plan.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="lots">Draws the groups of people; null where no people are at hand.</param>
    /// <param name="more">What sums do not hold.</param>
    internal static AuditReport Judge(
        AuditRequest request, AuditSums sums, SharedLots? lots, params IReadOnlyList<IdentifyMeasure> more)
    {
        var (tolerances, plan) = (request.Tolerances, request.Plan);
        var mixing = Mixing.Of(request.LabelNoise, sums.Groups);
        var identify = new IdentifyJudge(sums, tolerances, mixing, lots, more).Judge();
        var target = new TargetJudge(sums, tolerances, mixing).Judge();
        return new AuditReport
        {
            PlanDigest = plan?.Digest,
            Method = new AuditMethod(
                tolerances, request.Strata, request.LabelNoise?.Stated ?? [], request.Consumed.Steps,
                [.. sums.Decisions.Where(decision => decision.Curve is not null)
                    .Select(decision => new DeployedThreshold(decision.Name, decision.Curve!.Threshold))],
                identify.Lines.Count == 0 ? null : identify.Adjustment),
            Rows = sums.Rows,
            People = sums.People,
            Groups = Lines(sums),
            Identify = [.. identify.Lines.Select(line => line with { Exploratory = plan?.IsExploratory(line.Output) ?? false })],
            Target = [.. target.Lines.Select(line => line with { Exploratory = plan?.IsExploratory(line.Decision) ?? false })],
            Curves = [.. sums.Decisions.SelectMany(new CurveJudge(sums, tolerances).Lines)],
            NoTagLeaked = identify.Verdict,
            NoGroupTargeted = target.Verdict,
            Settles = [.. identify.Settles, .. target.Settles],
        };
    }

    private static List<GroupLine> Lines(AuditSums sums)
    {
        var told = Disclosure.Told(sums.Groups);
        var lines = told.Select(g =>
            new GroupLine(sums.Groups[g].Name, Disclosure.Rounded(sums.Groups[g].People), Suppressed: false)).ToList();
        if (told.Count < sums.Groups.Count)
            lines.Add(new GroupLine(Disclosure.Withheld, null, Suppressed: true));
        return lines;
    }
}
