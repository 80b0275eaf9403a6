namespace Untag.Audit.Tables;

/// <summary>The stratum of each row: of several columns, what they say together.</summary>
internal sealed class StratumColumn
{
    private readonly List<JoinedColumn> joined = [];

    /// <summary>A column of strata.</summary>
    /// <param name="columns">Those that tell them; at least one.</param>
    public StratumColumn(IReadOnlyList<CodedColumn> columns)
    {
        Cells = columns[0];
        foreach (var column in columns.Skip(1))
        {
            joined.Add(new JoinedColumn(Cells, column, " & "));
            Cells = joined[^1].Cells;
        }
    }

    /// <summary>The names of the strata.</summary>
    public CodedColumn Cells { get; }

    /// <summary>Tells those of a block.</summary>
    public void Join(int rows)
    {
        foreach (var column in joined)
            column.Join(rows);
    }
}
