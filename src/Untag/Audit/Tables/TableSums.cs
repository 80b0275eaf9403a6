using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>Adds up tables, block by block.</summary>
/// <remarks>Without a column of people the memory needed does not grow with the rows. With one it grows with the people: what they
/// have in common must be known to the last row. The sums are of whole numbers: they are the same whatever the order of the rows
/// and however the table is cut into blocks.</remarks>
internal sealed class TableSums
{
    private readonly AuditRequest request;
    private readonly GroupColumn groups;
    private readonly GroupedCounts groupRows = new(); // 0: rows of the group; 1: of those the ones that two people share
    private readonly PeopleSums? people;
    private readonly PersonColumns? persons;
    private readonly PerWord<sbyte> truths = new(static cell => Cells.YesOrNo(cell) switch { true => 1, false => 0, null => -1 });
    private readonly OutputColumn[] outputs;
    private readonly DecisionColumn[] decisions;
    private TableShape? shape;
    private string first = "";

    public TableSums(AuditRequest request)
    {
        this.request = request;
        groups = new GroupColumn(request);
        people = request.Person is null ? null : new PeopleSums(request.Decisions.Count, request.Outputs.Count);
        persons = people is null ? null : new PersonColumns(request, people);
        outputs = [.. request.Outputs.Select((name, i) => new OutputColumn(name, i, people))];
        decisions = [.. request.Decisions.Select((condition, d) => new DecisionColumn(condition, d, people))];
    }

    /// <summary>Adds the rows of a table.</summary>
    public void Add(TableRows rows, CancellationToken cancellation)
    {
        var header = new TableHeader(rows);
        var at = new RowColumns(header, request);
        if (shape is null)
            (shape, first) = (new TableShape(rows), rows.Name);
        else
            shape.Check(rows);
        var block = new BlockRows(rows, people is not null, request.SecondPerson is not null, request.Truth is not null);
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            Add(block, at);
        }
    }

    /// <summary>The sums of all that was added.</summary>
    /// <exception cref="AuditInputException">There was no row.</exception>
    public AuditSums Close()
    {
        if (groups.Count == 0)
            throw new AuditInputException($"`{first}` has no row", "an audit needs rows under the names of the columns");
        var order = Enumerable.Range(0, groups.Count)
            .Select(group => (Group: group, Name: NameOf(group))).OrderBy(group => group.Name, StringComparer.Ordinal).ToList();
        var numbers = order.Select(group => group.Group).ToList();
        var hasTruth = request.Truth is not null;
        people?.Close(groups.Count, outputs.Select(output => output.Values), hasTruth);
        var decided = decisions.Select(decision => decision.Close(numbers, hasTruth)).ToList();
        return new AuditSums
        {
            Rows = numbers.Sum(group => groupRows[group, 0]),
            OfPairs = request.SecondPerson is not null,
            Groups = [.. order.Select(group => Sums(group.Group, group.Name))],
            Outputs = [.. outputs.Select(output => output.Close(numbers, groupRows)), .. decided.Select(OutputOf)],
            Decisions = decided,
        };
    }

    private void Add(BlockRows block, RowColumns at)
    {
        groups.Find(block, at.Group, at.SecondGroup);
        if (at.Person is not null)
            persons!.Find(block, at.Person, at.SecondPerson);
        if (at.Truth is not null)
            FindTruth(block, at.Truth);
        block.GroupCount = groups.Count;
        for (var i = 0; i < block.Count; i++)
        {
            var group = block.Groups[i];
            block.GroupsByTruth[i] = (2 * group) + (block.Truths is null ? 0 : block.Truths[i]);
            groupRows.Add(group, 0);
            if (block.IsShared(i))
                groupRows.Add(group, 1);
        }

        EachColumn.Do(outputs.Length + decisions.Length, block.Count, i =>
        {
            if (i < outputs.Length)
                outputs[i].Add(at.Outputs[i], block);
            else
                decisions[i - outputs.Length].Add(at.Decisions[i - outputs.Length], block);
        });
    }

    private void FindTruth(BlockRows block, CodedColumn cells)
    {
        var truthOf = truths.Of(cells);
        for (var i = 0; i < block.Count; i++)
        {
            block.Truths![i] = truthOf[cells.Codes[i]];
            if (block.Truths[i] < 0)
                throw block.Wrong(i, $"column `{request.Truth}` says neither yes nor no", "write 1 or 0, true or false, yes or no");
        }
    }

    private GroupSums Sums(int group, string name)
    {
        var rows = groupRows[group, 0];
        return people is null
            ? new GroupSums(name, rows, rows, rows)
            : new GroupSums(name, rows, people.PeopleOf(group), people.RowsSquaredOf(group) - groupRows[group, 1]);
    }

    // A decision is an output too: what is finally acted upon.
    private static OutputSums OutputOf(DecisionTable decision)
    {
        var hasNo = decision.Groups.Any(group => group.Selected.Misses > 0);
        var hasYes = decision.Groups.Any(group => group.Selected.Hits > 0);
        return new OutputSums(
            decision.Name, [.. hasNo ? ["no"] : Array.Empty<string>(), .. hasYes ? ["yes"] : Array.Empty<string>()],
            [.. decision.Groups.Select(group => (IReadOnlyList<CellSums>)
                [.. hasNo ? [group.Selected.Exchanged] : Array.Empty<CellSums>(), .. hasYes ? [group.Selected] : Array.Empty<CellSums>()])],
            null);
    }

    private string NameOf(int group) => groups.Name(group) ?? throw new AuditInputException(
        $"column `{request.Group}` holds a text that is no UTF-8", "save the table as UTF-8");
}
