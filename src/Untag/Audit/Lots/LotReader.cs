using System.Text;
using Untag.Audit.Aggregates;
using Untag.Audit.Judging;
using Untag.Audit.Tables;

namespace Untag.Audit.Lots;

/// <summary>Reads tables once more, whose sums are known, for what is looked at when groups are drawn by lot.</summary>
internal sealed class LotReader
{
    private readonly AuditRequest request;
    private readonly IReadOnlyList<TableSource> tables;
    private readonly AuditSums sums;
    private readonly Dictionary<string, int> groups; // −1 is not told
    private readonly Dictionary<string, int> strata;
    private readonly IReadOnlyList<LotCells> outputs;

    public LotReader(AuditRequest request, IReadOnlyList<TableSource> tables, AuditSums sums, IReadOnlyList<Lot> lots)
    {
        (this.request, this.tables, this.sums) = (request, tables, sums);
        groups = Disclosure.Parts(sums.Groups).SelectMany((part, p) => part.Select(name => (name, p)))
            .ToDictionary(group => group.name, group => group.p, StringComparer.Ordinal);
        strata = sums.Strata.Select((stratum, s) => (stratum.Name, s))
            .ToDictionary(stratum => stratum.Name, stratum => stratum.s, StringComparer.Ordinal);
        outputs = [.. lots.GroupBy(lot => lot.Output).Select(ways => new LotCells(sums.Outputs[ways.Key], ways.Key, DecisionOf(ways.Key), [.. ways]))];
    }

    /// <summary>How many cells of a row are kept.</summary>
    public static int ColumnsOf(IEnumerable<IReadOnlyList<Lot>> lots) =>
        lots.SelectMany(ways => ways).GroupBy(lot => lot.Output).Sum(ways => LotCells.WidthOf(ways));

    /// <summary>The rows of people of groups that are told, and what they got.</summary>
    public (RowPlaces Rows, IReadOnlyList<LotColumn> Columns) Read(CancellationToken cancellation)
    {
        var people = new WordCodes();
        List<int> personOf = [], stratumOf = [], groupOfPerson = [];
        foreach (var table in tables)
        {
            using var stream = TableFile.Open(table);
            using var rows = AcquiredRows.Of(TableFile.Rows(stream, table.Name), request);
            var at = new RowColumns(new TableHeader(rows), request);
            var groupOf = new KnownGroups(groups, at.Group, at.SecondGroup);
            var stratum = at.Strata.Length == 0 ? null : new StratumColumn(at.Strata);
            foreach (var output in outputs)
                output.Begin(CellsOf(at, output));
            while (rows.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                stratum?.Join(rows.Count);
                for (var row = 0; row < rows.Count; row++)
                {
                    var group = groupOf.Of(row);
                    if (group < 0)
                        continue;
                    var person = at.Person is null ? groupOfPerson.Count : people.CodeOf(at.Person[row]);
                    if (person == groupOfPerson.Count)
                        groupOfPerson.Add(group);
                    personOf.Add(person);
                    stratumOf.Add(stratum is null ? 0 : strata[Encoding.UTF8.GetString(stratum.Cells[row])]);
                    foreach (var output in outputs)
                        output.Add(CellsOf(at, output), row);
                }
            }
        }

        var places = Ordered([.. personOf], [.. stratumOf], [.. groupOfPerson]);
        return (places, [.. outputs.SelectMany(output => output.Columns(places))]);
    }

    // A decision is an output too: its cell says whether the row was selected.
    private Condition? DecisionOf(int output) => output < request.Outputs.Count ? null : request.Decisions[output - request.Outputs.Count];

    private static CodedColumn CellsOf(RowColumns at, LotCells output) =>
        output.Number < at.Outputs.Length ? at.Outputs[output.Number] : at.Decisions[output.Number - at.Outputs.Length];

    // People in an order that neither their names nor that of the table gives: by their strata, then by what they got.
    private RowPlaces Ordered(int[] personOf, int[] stratumOf, int[] groupOfPerson)
    {
        var (blocks, keys) = (new ulong[groupOfPerson.Length], new ulong[groupOfPerson.Length]);
        var seen = new HashSet<(int Person, int Stratum)>();
        for (var row = 0; row < personOf.Length; row++)
        {
            var key = Mixed((ulong)stratumOf[row]);
            unchecked
            {
                if (strata.Count > 0 && seen.Add((personOf[row], stratumOf[row])))
                    blocks[personOf[row]] += key;
                foreach (var output in outputs)
                    key = Mixed(key + output.KeyOf(row));
                keys[personOf[row]] += Mixed(key);
            }
        }

        var order = Enumerable.Range(0, groupOfPerson.Length)
            .OrderBy(person => blocks[person]).ThenBy(person => groupOfPerson[person]).ThenBy(person => keys[person]).ToArray();
        var placeOf = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
            placeOf[order[place]] = place;
        var ends = Enumerable.Range(1, order.Length)
            .Where(end => end == order.Length || blocks[order[end]] != blocks[order[end - 1]]).ToList();
        return new RowPlaces(
            Disclosure.Parts(sums.Groups).Count, Math.Max(1, strata.Count), stratumOf, [.. personOf.Select(person => placeOf[person])],
            [.. order.Select(person => groupOfPerson[person])], ends);
    }

    // SplitMix64's finaliser.
    private static ulong Mixed(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
