using Untag.Columnar;

namespace Untag.Audit.Tables;

/// <summary>The rows of a table of which the product got something: one that could not be enrolled or acquired has no output, and is
/// counted apart.</summary>
internal sealed class AcquiredRows : TableView
{
    private readonly FailureColumns failures;
    private readonly HashSet<CodedColumn> asked = [];
    private readonly int[] kept = new int[RowsMax];

    private AcquiredRows(TableRows table, AuditRequest request)
        : base(table)
    {
        failures = new FailureColumns(table, request);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnType>? Types => Table.Types;

    /// <summary>The rows of a table without those that failed.</summary>
    /// <exception cref="AuditInputException">There is no column of a failure.</exception>
    public static TableRows Of(TableRows table, AuditRequest request) =>
        request.Failures.Count == 0 || table.Columns.Count == 0 ? table : new AcquiredRows(table, request);

    /// <summary>What is asked of failures alone: they are decisions that no truth can be right or wrong about.</summary>
    public static AuditRequest Failed(AuditRequest request) =>
        request with { Outputs = [], Decisions = request.Failures, Failures = [], Truth = null, Embedding = null };

    /// <inheritdoc/>
    public override CodedColumn Ask(int column)
    {
        var cells = base.Ask(column);
        asked.Add(cells);
        return cells;
    }

    /// <inheritdoc/>
    public override string PlaceOf(int row) => Table.PlaceOf(kept[row]);

    /// <inheritdoc/>
    private protected override void ReadBlock()
    {
        while (Count == 0 && Table.Read())
        {
            for (var row = 0; row < Table.Count; row++)
            {
                if (!failures.HasFailed(row))
                    kept[Count++] = row;
            }
        }

        foreach (var cells in asked)
        {
            for (var row = 0; row < Count; row++)
                cells.Codes[row] = cells.Codes[kept[row]];
        }
    }
}
