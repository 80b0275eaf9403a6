using Untag.Audit.Tables.Typed;
using Untag.Columnar.Parquet;

namespace Untag.Audit.Tables.Parquet;

/// <summary>The cells of a column, in the order of the rows, through all pages and groups of rows.</summary>
internal sealed class ParquetCells : IDisposable
{
    private readonly CodedColumn cells;
    private readonly ValueCodes values;
    private readonly ParquetLeaf leaf;
    private readonly int[] levels = new int[TableRows.RowsMax];
    private int left; // rows of the page

    public ParquetCells(SharedFile file, ParquetColumn column, CodedColumn cells)
    {
        this.cells = cells;
        values = new ValueCodes(cells, column.Type);
        leaf = new ParquetLeaf(file, column, values);
    }

    /// <summary>Begins a group of rows.</summary>
    /// <exception cref="InvalidDataException">Its part of the column cannot be read.</exception>
    public void Begin(ParquetChunk chunk, long rows)
    {
        if (chunk.Values != rows)
            throw new InvalidDataException("it has not as many values as there are rows");
        leaf.Begin(chunk);
        left = 0;
    }

    /// <summary>Numbers the words of the next rows, as those of a block.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public void Read(int rows)
    {
        values.Begin();
        for (var done = 0; done < rows;)
        {
            if (left == 0)
            {
                leaf.NextPage();
                left = leaf.Entries;
            }

            var now = Math.Min(left, rows - done);
            Read(cells.Codes.AsSpan(done, now));
            done += now;
            left -= now;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => leaf.Dispose();

    private void Read(Span<int> codes)
    {
        if (leaf.Definitions is null || leaf.Definitions.TryPass(1, codes.Length))
        {
            leaf.Values.Read(codes);
            return;
        }

        var isThere = levels.AsSpan(0, codes.Length);
        leaf.Definitions.Read(isThere);
        var next = 0;
        foreach (var level in isThere)
            next += level & 1;
        leaf.Values.Read(codes[..next]);
        for (var row = codes.Length - 1; row >= next; row--) // from the last on, so that none is overwritten
            codes[row] = (isThere[row] & 1) == 1 ? codes[--next] : values.Nothing;
    }
}
