namespace Untag.Audit.Tables;

/// <summary>Walks over a table row by row, in a buffer that does not grow with the table. The first row holds the names of the
/// columns.</summary>
internal abstract class TableRows
{
    /// <summary>The line on which the present row begins, counted from 1.</summary>
    public long Line { get; protected set; }

    /// <summary>The cells of the present row.</summary>
    public abstract int Count { get; }

    /// <summary>The text of a cell, in UTF-8.</summary>
    public abstract ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="AuditInputException">The row has other cells than the first, or cannot be read.</exception>
    public abstract bool Read();
}
