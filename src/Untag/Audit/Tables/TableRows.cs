using Untag.Audit.Tables.Typed;
using Untag.Columnar;

namespace Untag.Audit.Tables;

/// <summary>Walks over a table block by block, in memory that does not grow with the table, and tells of the columns that are asked
/// for.</summary>
/// <param name="name">What messages call the table.</param>
internal abstract class TableRows(string name) : IDisposable
{
    /// <summary>The most rows of a block.</summary>
    public const int RowsMax = 16_384;

    private readonly SortedDictionary<int, CodedColumn> asked = [];

    /// <summary>What messages call the table.</summary>
    public string Name { get; } = name;

    /// <summary>The names of the columns, in order; none for a table that is empty.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>What the columns hold; null for a format that does not say.</summary>
    public virtual IReadOnlyList<ColumnType>? Types => null;

    /// <summary>The rows of the present block.</summary>
    public int Count { get; protected set; }

    /// <summary>The columns that were asked for.</summary>
    protected IReadOnlyDictionary<int, CodedColumn> Asked => asked;

    /// <summary>Asks for a column, before the first block.</summary>
    /// <returns>Its cells, in each block anew.</returns>
    /// <exception cref="AuditInputException">The column holds nothing that is a cell.</exception>
    public virtual CodedColumn Ask(int column)
    {
        if (!asked.TryGetValue(column, out var cells))
        {
            asked.Add(column, cells = new CodedColumn(canBeNumbers: true));
            Open(column, cells);
        }

        cells.AddReader();

        return cells;
    }

    /// <summary>True for a column that was asked for.</summary>
    public virtual bool IsAsked(int column) => asked.ContainsKey(column);

    /// <summary>Goes to the next block.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="AuditInputException">A row has other cells than the first, or the table cannot be read.</exception>
    public bool Read()
    {
        foreach (var cells in asked.Values)
            cells.Renew();
        Count = 0;
        ReadBlock();
        return Count > 0;
    }

    /// <summary>Opens a column of lists of numbers, for a walk of its own; null when there is none of the name.</summary>
    public virtual Vectors? OpenVectors(string column) => null;

    /// <summary>Where a row of the present block stands, for messages.</summary>
    public abstract string PlaceOf(int row);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Prepares a column that is asked for.</summary>
    private protected virtual void Open(int column, CodedColumn cells)
    {
    }

    /// <summary>Reads the next rows; none at the end.</summary>
    private protected abstract void ReadBlock();
}
