using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>Adds up tables once more, by stratum: the sums of a stratum are those that a table of its rows alone would give.</summary>
internal static class Stratified
{
    /// <summary>Stands between the name of a group, or of a person, and that of a stratum.</summary>
    public const char Separator = '\u001F';

    /// <summary>The sums of each stratum, in the order of their names.</summary>
    public static IReadOnlyList<StratumSums> Sums(AuditRequest request, IReadOnlyList<TableSource> tables, CancellationToken cancellation)
    {
        var sums = new TableSums(request with { Cohorts = [] }); // the first reading has seen to them
        foreach (var table in tables)
        {
            using var stream = TableFile.Open(table);
            using var rows = new StratifiedRows(AcquiredRows.Of(TableFile.Rows(stream, table.Name), request), request);
            sums.Add(rows, cancellation);
        }

        return Split(sums.Close());
    }

    /// <summary>The sums of strata, of sums whose groups are named after group and stratum.</summary>
    internal static IReadOnlyList<StratumSums> Split(AuditSums joined)
    {
        var places = joined.Groups.Select((group, g) => (Cut: group.Name.LastIndexOf(Separator), group.Name, g))
            .GroupBy(group => group.Name[(group.Cut + 1)..], StringComparer.Ordinal).OrderBy(stratum => stratum.Key, StringComparer.Ordinal);
        return [.. places.Select(stratum => new StratumSums(stratum.Key, Of(joined, [.. stratum.Select(group => group.g)])))];
    }

    private static AuditSums Of(AuditSums joined, IReadOnlyList<int> places) => new()
    {
        Rows = places.Sum(g => joined.Groups[g].Rows),
        OfPairs = joined.OfPairs,
        Groups = [.. places.Select(g => joined.Groups[g] with { Name = joined.Groups[g].Name[..joined.Groups[g].Name.LastIndexOf(Separator)] })],
        Outputs = [.. joined.Outputs.Select(output => output with
        {
            Cells = output.Values.Count == 0 ? [] : [.. places.Select(g => output.Cells[g])],
            Scores = output.Scores is null ? null : [.. places.Select(g => output.Scores[g])],
        })],
        Decisions = [.. joined.Decisions.Select(decision => decision with
        {
            Groups = [.. places.Select(g => decision.Groups[g])],
            Curve = null, // a curve is that of the whole table
        })],
    };
}
