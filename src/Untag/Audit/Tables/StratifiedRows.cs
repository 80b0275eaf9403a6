namespace Untag.Audit.Tables;

/// <summary>The rows of a table, in which the group and the people are another one in each stratum.</summary>
internal sealed class StratifiedRows : TableView
{
    private const int StrataMax = 100;

    private readonly AuditRequest request;
    private readonly CodedColumn[] columns;
    private readonly StratumColumn strata;
    private readonly Dictionary<int, JoinedColumn> apart = [];
    private readonly PerWord<bool> isKnown = new(static _ => false);
    private readonly WordCodes known = new();

    /// <summary>A table in strata.</summary>
    /// <exception cref="AuditInputException">A column is missing, or is asked for as an output too.</exception>
    public StratifiedRows(TableRows table, AuditRequest request)
        : base(table)
    {
        this.request = request;
        var header = new TableHeader(table);
        columns = [.. request.Strata.Select(header.Find)];
        strata = new StratumColumn(columns);
        string[] ofPeople = [.. new[] { request.SecondGroup ?? request.Group, request.Person, request.SecondPerson }.OfType<string>()];
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (ofPeople.Contains(table.Columns[i]))
                apart[i] = new JoinedColumn(table.Ask(i), strata.Cells, Stratified.Separator.ToString());
        }

        if (request.Outputs.Concat(request.Decisions.Select(decision => decision.Column)).FirstOrDefault(ofPeople.Contains) is { } column)
            throw new AuditInputException($"column `{column}` says who somebody is, and is no output within strata", "leave it out of the outputs and decisions");
    }

    /// <inheritdoc/>
    public override CodedColumn Ask(int column) => apart.TryGetValue(column, out var joined) ? joined.Cells : base.Ask(column);

    /// <inheritdoc/>
    private protected override void ReadBlock()
    {
        if (!Table.Read())
            return;
        Count = Table.Count;
        CheckStated();
        strata.Join(Count);
        CheckFew();
        foreach (var joined in apart.Values)
            joined.Join(Count);
    }

    private void CheckStated()
    {
        for (var i = 0; i < columns.Length; i++)
        {
            for (var row = 0; row < Count; row++)
            {
                if (columns[i][row].IsEmpty)
                {
                    throw new AuditInputException(
                        $"{PlaceOf(row)}: column `{request.Strata[i]}` is empty", "say in which stratum the row is, or take such rows out of the table");
                }
            }
        }
    }

    private void CheckFew()
    {
        var cells = strata.Cells;
        var isKnownOf = isKnown.Of(cells);
        for (var row = 0; row < Count; row++)
        {
            if (isKnownOf[cells.Codes[row]])
                continue;
            isKnownOf[cells.Codes[row]] = true;
            known.CodeOf(cells[row]);
        }

        if (known.Count > StrataMax)
        {
            throw new AuditInputException(
                $"`{string.Join(", ", request.Strata)}` tells more than {StrataMax} strata", "name columns of few values, such as the camera, with --strata");
        }
    }
}
