namespace Untag.Audit.Tables;

/// <summary>A table as it is read for one question: with fewer rows than another, or with other cells. Its columns are those of the other
/// one as long as nothing else is said.</summary>
/// <param name="table">The other one, which ends with this.</param>
internal abstract class TableView(TableRows table) : TableRows(table.Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => table.Columns;

    /// <summary>The table that is seen.</summary>
    protected TableRows Table => table;

    /// <inheritdoc/>
    public override CodedColumn Ask(int column) => table.Ask(column);

    /// <inheritdoc/>
    public override bool IsAsked(int column) => table.IsAsked(column);

    /// <inheritdoc/>
    public override string PlaceOf(int row) => table.PlaceOf(row);

    /// <inheritdoc/>
    public sealed override void Dispose()
    {
        table.Dispose();
        base.Dispose();
    }
}
