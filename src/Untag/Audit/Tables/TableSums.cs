using System.Globalization;
using System.Runtime.InteropServices;
using Untag.Audit.Aggregates;
using Untag.Policy;

namespace Untag.Audit.Tables;

/// <summary>Adds up tables, row by row.</summary>
/// <remarks>Without a column of people the memory needed does not grow with the rows. With one it grows with the people: what they
/// have in common must be known to the last row. The sums are of whole numbers: they are the same whatever the order of the rows
/// and however the table is cut into blocks.</remarks>
internal sealed class TableSums
{
    private readonly AuditRequest request;
    private readonly WordCodes groups = new();
    private readonly WordCodes?[] values; // null once an output has too many
    private readonly ScoreColumn[] scores;
    private readonly PeopleSums? people;
    // By group, then by decision or output. Without a column of people all rows; with two, those that two people share.
    private readonly List<FourCells[]> decided = [];
    private readonly List<Dictionary<int, long>[]> got = [];
    private readonly List<long> sharedOfGroup = [];
    private readonly List<CurveSums[]> curves = []; // by group, then by decision
    private readonly List<long> rowsOfGroup = [];
    private IReadOnlyList<string>? columns;
    private string first = "";

    public TableSums(AuditRequest request)
    {
        this.request = request;
        values = [.. request.Outputs.Select(_ => new WordCodes())];
        scores = [.. request.Outputs.Select(_ => new ScoreColumn())];
        people = request.Person is null ? null : new PeopleSums(request.Decisions.Count, request.Outputs.Count);
    }

    private static ReadOnlySpan<byte> And => " & "u8;

    /// <summary>Adds the rows of a table.</summary>
    public void Add(TableRows rows, string path, CancellationToken cancellation)
    {
        var header = new TableHeader(rows, path);
        if (columns is null)
            (columns, first) = (header.Names, path);
        else if (!columns.SequenceEqual(header.Names))
            throw new AuditInputException($"`{path}` has other columns than `{first}`", "audit tables together that have the same columns");
        var at = new RowColumns(header, request);
        var codes = new int[request.Outputs.Count];
        var truths = request.Truth is not null;
        for (long read = 0; rows.Read(); read++)
        {
            if (read % 65_536 == 0)
                cancellation.ThrowIfCancellationRequested();
            var group = GroupOf(rows, at, path);
            var person = people is null ? -1 : PersonOf(rows, at.Person, path, group);
            var second = SecondOf(rows, at, path, group, person);
            var truth = truths && TruthOf(rows, at, path);
            rowsOfGroup[group]++;
            sharedOfGroup[group] += second == person ? 0 : 1;
            for (var i = 0; i < at.Outputs.Length; i++)
            {
                if (scores[i].IsOpen)
                    scores[i].Add(rows[at.Outputs[i]], group, new CellPlace(path, rows.Line));
                codes[i] = ValueOf(rows, at, i);
            }

            for (var d = 0; d < at.Decisions.Length; d++)
            {
                var selected = SelectedBy(rows, at, path, d);
                if (truths && request.Decisions[d].HasThreshold)
                    curves[group][d].Add(Cells.Number(rows[at.Decisions[d]])!.Value, truth);
                people?.Decide(person, d, selected, truth);
                if (people is null || second != person)
                    decided[group][d] = decided[group][d].With(selected, truth);
                if (second != person)
                    people!.Decide(second, d, selected, truth);
            }

            for (var i = 0; i < codes.Length; i++)
            {
                if (codes[i] < 0)
                    continue;
                people?.Get(person, i, codes[i]);
                if (people is null || second != person)
                    CollectionsMarshal.GetValueRefOrAddDefault(got[group][i], codes[i], out _)++;
                if (second != person)
                    people!.Get(second, i, codes[i]);
            }
        }
    }

    /// <summary>The sums of all that was added.</summary>
    /// <exception cref="AuditInputException">There was no row.</exception>
    public AuditSums Close()
    {
        if (groups.Count == 0)
            throw new AuditInputException($"`{first}` has no row", "an audit needs rows under the names of the columns");
        var order = Enumerable.Range(0, groups.Count)
            .Select(code => (Code: code, Name: NameOf(groups, code, request.Group))).OrderBy(group => group.Name, StringComparer.Ordinal).ToList();
        people?.Close(groups.Count, values, request.Truth is not null);
        var decisions = request.Decisions.Select((decision, d) => new DecisionTable(
            decision.Name, request.Truth is not null, [.. order.Select(group => Decided(group.Code, d))],
            request.Truth is null || !decision.HasThreshold ? null : new DecisionCurve(
                decision.Number!.Value, decision.SelectsAbove, [.. order.Select(group => curves[group.Code][d])]))).ToList();
        return new AuditSums
        {
            Rows = rowsOfGroup.Sum(),
            OfPairs = request.SecondPerson is not null,
            Groups = [.. order.Select(group => new GroupSums(
                group.Name, rowsOfGroup[group.Code], people?.PeopleOf(group.Code) ?? rowsOfGroup[group.Code],
                people?.RowsSquaredOf(group.Code) - sharedOfGroup[group.Code] ?? rowsOfGroup[group.Code]))],
            Outputs = [.. request.Outputs.Select((_, i) => Output(i, [.. order.Select(group => group.Code)])), .. decisions.Select(OutputOf)],
            Decisions = decisions,
        };
    }

    private DecisionSums Decided(int group, int decision) =>
        people?.Decided(group, decision).Shared(decided[group][decision], request.Truth is not null)
        ?? DecisionSums.OfSingles(decided[group][decision], request.Truth is not null);

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

    private OutputSums Output(int output, int[] order)
    {
        var name = request.Outputs[output];
        var numbers = scores[output].Of(order);
        if (values[output] is not { } codes)
            return new OutputSums(name, [], [], numbers);
        var words = Enumerable.Range(0, codes.Count)
            .Select(code => (Code: code, Name: NameOf(codes, code, name)))
            .OrderBy(value => value.Name, StringComparer.Ordinal).ToList();
        return new OutputSums(
            name, [.. words.Select(word => word.Name)],
            [.. order.Select(group => (IReadOnlyList<CellSums>)[.. words.Select(word => people is not null
                ? people.Got(group, output, word.Code).Shared(sharedOfGroup[group], got[group][output].GetValueOrDefault(word.Code))
                : CellSums.OfSingles(rowsOfGroup[group], got[group][output].GetValueOrDefault(word.Code)))])],
            numbers);
    }

    private int GroupOf(TableRows rows, RowColumns at, string path)
    {
        var cell = Stated(rows, at.Group, request.Group, path);
        if (at.SecondGroup >= 0)
            cell = Both(cell, Stated(rows, at.SecondGroup, request.SecondGroup!, path), rows, path);

        var known = groups.Count;
        var group = groups.CodeOf(cell);
        if (group == known)
        {
            CheckCohort(cell, rows, path);
            rowsOfGroup.Add(0);
            sharedOfGroup.Add(0);
            curves.Add([.. request.Decisions.Select(_ => new CurveSums())]);
            decided.Add(new FourCells[request.Decisions.Count]);
            got.Add([.. request.Outputs.Select(_ => new Dictionary<int, long>())]);
            if (groups.Count > OutputSums.ValuesMax)
                throw new AuditInputException($"column `{request.Group}` has more than {OutputSums.ValuesMax} groups", "name the column of the group with --group");
        }

        return group;
    }

    private void CheckCohort(ReadOnlySpan<byte> cell, TableRows rows, string path)
    {
        if (request.Cohorts.Count == 0)
            return;
        var name = System.Text.Encoding.UTF8.GetString(cell);
        if (!request.Cohorts.Contains(name))
            throw Wrong(path, rows, $"`{name}` is none of the declared groups", Spelling.Hint(name, request.Cohorts));
    }

    private static ReadOnlySpan<byte> Stated(TableRows rows, int column, string name, string path)
    {
        var cell = rows[column];
        return !cell.IsEmpty ? cell : throw Wrong(
            path, rows, $"column `{name}` is empty", "say which group the person stated, or take rows without one out of the table");
    }

    private static byte[] Both(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, TableRows rows, string path)
    {
        if (first.IndexOf(And) >= 0 || second.IndexOf(And) >= 0)
            throw Wrong(path, rows, "a group has ` & ` in its name, which joins the names of two columns", "write it in another way");
        return [.. first, .. And, .. second];
    }

    // The same person when the row is not of two.
    private int SecondOf(TableRows rows, RowColumns at, string path, int group, int person) =>
        at.SecondPerson < 0 || rows[at.SecondPerson].SequenceEqual(rows[at.Person]) ? person : PersonOf(rows, at.SecondPerson, path, group);

    private int PersonOf(TableRows rows, int column, string path, int group)
    {
        var cell = rows[column];
        if (cell.IsEmpty)
            throw Wrong(path, rows, $"column `{columns![column]}` is empty", "say whose row it is");
        // The group of a pair is not that of a person: who is compared in several groups counts in each.
        var person = request.SecondPerson is null ? people!.PersonOf(cell, group) : people!.PersonOf([.. cell, 0, .. BitConverter.GetBytes(group)], group);
        return person >= 0 ? person : throw Wrong(
            path, rows, "the person has another group than in an earlier row", "give each person one group");
    }

    private bool TruthOf(TableRows rows, RowColumns at, string path) => Cells.YesOrNo(rows[at.Truth]) ?? throw Wrong(
        path, rows, $"column `{request.Truth}` says neither yes nor no", "write 1 or 0, true or false, yes or no");

    private bool SelectedBy(TableRows rows, RowColumns at, string path, int decision)
    {
        var condition = request.Decisions[decision];
        return condition.Holds(rows[at.Decisions[decision]]) ?? throw Wrong(
            path, rows, $"column `{condition.Column}` cannot be compared", $"the decision `{condition.Name}` asks for {condition.Asks}");
    }

    // The number of the value; −1 once the output has too many to be a class.
    private int ValueOf(TableRows rows, RowColumns at, int output)
    {
        if (values[output] is { } words)
        {
            var code = words.CodeOf(rows[at.Outputs[output]]);
            if (code < OutputSums.ValuesMax)
                return code;
            values[output] = null;
            people?.Forget(output);
            foreach (var group in got)
                group[output].Clear();
        }

        return scores[output].Refused is not { } place ? -1 : throw new AuditInputException(
            $"column `{request.Outputs[output]}` has more than {OutputSums.ValuesMax} values, and the one at {place} is no finite number",
            $"an output is a class of few values or a score: where rows without one have failed, say so, --fta '{request.Outputs[output]} == \"\"'");
    }

    private static string NameOf(WordCodes words, int code, string column) => words.Text(code) ?? throw new AuditInputException(
        $"column `{column}` holds a text that is no UTF-8", "save the table as UTF-8");

    private static AuditInputException Wrong(string path, TableRows rows, string what, string hint) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}:{rows.Line}: {what}"), hint);
}
