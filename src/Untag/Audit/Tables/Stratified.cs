using System.Globalization;
using System.Text;
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
            sums.Add(new StratifiedRows(AcquiredRows.Of(TableFile.Rows(stream, table.Name), request, table.Name), request, table.Name), table.Name, cancellation);
        }

        return Split(sums.Close());
    }

    /// <summary>The stratum of a row: of several columns, what they say together.</summary>
    public static string NameOf(TableRows rows, IReadOnlyList<int> columns)
    {
        var name = Encoding.UTF8.GetString(rows[columns[0]]);
        foreach (var column in columns.Skip(1))
            name += " & " + Encoding.UTF8.GetString(rows[column]);
        return name;
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

/// <summary>The rows of a table, in which the group and the people are another one in each stratum.</summary>
internal sealed class StratifiedRows(TableRows rows, AuditRequest request, string path) : TableRows(Stream.Null, 0)
{
    private const int StrataMax = 100;

    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Dictionary<int, byte[]> joined = [];
    private int[]? strata;
    private int[] apart = [];

    public override int Count => rows.Count;

    public override ReadOnlySpan<byte> this[int column] => joined.TryGetValue(column, out var cell) ? cell : rows[column];

    public override bool Read()
    {
        if (!rows.Read())
            return false;
        Line = rows.Line;
        if (strata is null)
            ReadHeader();
        else
            Join();
        return true;
    }

    private void ReadHeader()
    {
        var names = new string[rows.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = Encoding.UTF8.GetString(rows[i]);
        strata = [.. request.Strata.Select(column => Array.IndexOf(names, column))];
        string[] ofPeople = [.. new[] { request.SecondGroup ?? request.Group, request.Person, request.SecondPerson }.OfType<string>()];
        apart = [.. ofPeople.Select(column => Array.IndexOf(names, column))];
        foreach (var column in request.Outputs.Concat(request.Decisions.Select(decision => decision.Column)))
        {
            if (ofPeople.Contains(column))
                throw new AuditInputException($"column `{column}` says who somebody is, and is no output within strata", "leave it out of the outputs and decisions");
        }
    }

    private void Join()
    {
        foreach (var column in strata!)
        {
            if (rows[column].IsEmpty)
            {
                throw new AuditInputException(
                    string.Create(CultureInfo.InvariantCulture, $"{path}:{Line}: column `{request.Strata[Array.IndexOf(strata, column)]}` is empty"),
                    "say in which stratum the row is, or take such rows out of the table");
            }
        }

        var name = Stratified.NameOf(rows, strata);
        if (known.Add(name) && known.Count > StrataMax)
        {
            throw new AuditInputException(
                $"`{string.Join(", ", request.Strata)}` tells more than {StrataMax} strata", "name columns of few values, such as the camera, with --strata");
        }

        foreach (var column in apart)
            joined[column] = rows[column].IsEmpty ? [] : [.. rows[column], .. Encoding.UTF8.GetBytes(Stratified.Separator + name)];
    }
}
