using Untag.Audit.Tables.Typed;
using Untag.Columnar.Arrow;

namespace Untag.Audit.Tables.Arrow;

/// <summary>The cells of a column, in the order of the rows, through all batches.</summary>
internal sealed class ArrowCells
{
    private readonly SharedFile file;
    private readonly ArrowField field;
    private readonly CodedColumn cells;
    private readonly ValueCodes values;
    private readonly ArrowDictionary? dictionary;
    private readonly bool[] isThere = new bool[TableRows.RowsMax];
    private readonly long[] places;
    private Func<ArrowValues>? open; // those of the batch, once they are needed
    private ArrowValues? batch;
    private long next; // row of the batch

    public ArrowCells(SharedFile file, ArrowField field, CodedColumn cells)
    {
        (this.file, this.field, this.cells) = (file, field, cells);
        values = new ValueCodes(cells, field.Type);
        dictionary = field.Index is null ? null : new ArrowDictionary(values);
        places = new long[field.Index is null ? 0 : TableRows.RowsMax];
    }

    /// <summary>Takes a dictionary when it is that of this column.</summary>
    /// <param name="id">Number of the dictionary.</param>
    /// <param name="batch">Its values.</param>
    /// <param name="isMore">True when they follow those that are there.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Take(long id, ArrowBatch batch, bool isMore)
    {
        if (field.Index?.Dictionary == id)
            dictionary!.Add(new ArrowValues(file, field.Kind, field.Type, batch.OfDictionary(field).Own, batch.Codec), batch.Rows, isMore);
    }

    /// <summary>Begins a batch of rows.</summary>
    public void Begin(ArrowBatch rows, ArrowBuffers buffers)
    {
        var (kind, type) = field.Index is { } index ? (ArrowKind.Int, index.Type) : (field.Kind, field.Type);
        open = () => new ArrowValues(file, kind, type, buffers.Own, rows.Codec);
        (batch, next) = (null, 0);
    }

    /// <summary>Numbers the words of the next rows, as those of a block.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public void Read(int rows)
    {
        values.Begin();
        batch ??= open!();
        var codes = cells.Codes.AsSpan(0, rows);
        var there = isThere.AsSpan(0, rows);
        var someAreEmpty = batch.TryFindEmpty(next, there);
        if (!someAreEmpty)
            there.Fill(true);
        if (dictionary is null)
        {
            batch.Number(next, codes, there, values);
        }
        else
        {
            batch.Read(next, places.AsSpan(0, rows));
            dictionary.Number(places.AsSpan(0, rows), there, codes);
        }

        for (var i = 0; someAreEmpty && i < rows; i++)
        {
            if (!there[i])
                codes[i] = values.Nothing;
        }

        next += rows;
    }
}
