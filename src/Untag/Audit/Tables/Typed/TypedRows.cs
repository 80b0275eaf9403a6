using System.Globalization;
using Untag.Columnar;

namespace Untag.Audit.Tables.Typed;

/// <summary>A table of columns whose values have a type, in groups of rows.</summary>
/// <param name="name">What messages call it.</param>
internal abstract class TypedRows(string name) : TableRows(name)
{
    private long left; // rows of the present group
    private long before; // rows of all blocks before the present one
    private int rowsOfBlock;

    /// <inheritdoc/>
    public abstract override IReadOnlyList<ColumnType> Types { get; }

    /// <inheritdoc/>
    public sealed override string PlaceOf(int row) => string.Create(CultureInfo.InvariantCulture, $"{Name}, row {before + row + 1}");

    /// <inheritdoc/>
    public sealed override Vectors? OpenVectors(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column && Types[i].Kind == ValueKind.List)
                return OpenVectors(i, $"`{Name}`: column `{column}`");
        }

        return null;
    }

    /// <inheritdoc/>
    private protected sealed override void Open(int column, CodedColumn cells)
    {
        if (Types[column].Kind is ValueKind.Other or ValueKind.List or ValueKind.Nested)
        {
            throw new AuditInputException(
                $"`{Name}`: column `{Columns[column]}` holds {Types[column].InWords}", "write it as a column of numbers, texts, dates, or yes and no");
        }

        OpenCells(column, cells);
    }

    /// <inheritdoc/>
    private protected sealed override void ReadBlock()
    {
        before += rowsOfBlock;
        rowsOfBlock = 0;
        while (left == 0)
        {
            if (NextRows() is not { } rows)
                return;
            left = rows;
        }

        rowsOfBlock = (int)Math.Min(left, RowsMax);
        EachColumn.Do(Asked, rowsOfBlock, (column, _) => Readable(column, () => ReadCells(column, rowsOfBlock)));
        left -= rowsOfBlock;
        Count = rowsOfBlock;
    }

    /// <summary>Opens a column of lists; null when they are of something else than numbers.</summary>
    private protected abstract Vectors? OpenVectors(int column, string place);

    /// <summary>Prepares a column that is asked for.</summary>
    private protected abstract void OpenCells(int column, CodedColumn cells);

    /// <summary>Numbers the words of the next rows of a column.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    private protected abstract void ReadCells(int column, int rows);

    /// <summary>Goes to the next group of rows.</summary>
    /// <returns>How many there are; null at the end.</returns>
    /// <exception cref="AuditInputException">It is damaged.</exception>
    private protected abstract long? NextRows();

    /// <summary>Does what fails when the file, or a column of it, is damaged.</summary>
    /// <exception cref="AuditInputException">It is.</exception>
    private protected T Readable<T>(int? column, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is InvalidDataException or OverflowException)
        {
            var why = damage is InvalidDataException ? damage.Message : "a number in it is larger than any";
            var what = column is { } number ? $"column `{Columns[number]}` cannot be read: {why}" : why;
            throw new AuditInputException($"`{Name}`: {what}", "write the file again, or check that it was copied whole");
        }
    }

    /// <summary>The same for what gives nothing.</summary>
    private protected void Readable(int? column, Action read) => Readable(column, () =>
    {
        read();
        return true;
    });
}
