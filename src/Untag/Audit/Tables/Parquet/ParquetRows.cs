using Untag.Audit.Tables.Typed;
using Untag.Columnar;
using Untag.Columnar.Parquet;

namespace Untag.Audit.Tables.Parquet;

/// <summary>Walks over a table in Parquet: only the columns that are asked for are read, page by page.</summary>
internal sealed class ParquetRows : TypedRows
{
    private readonly SharedFile file;
    private readonly ParquetFooter footer;
    private readonly Dictionary<int, (ParquetCells Cells, int Leaf)> readers = [];
    private readonly ColumnType[] types;
    private int next; // group of rows

    /// <summary>Reads the footer.</summary>
    /// <param name="stream">The file, which can seek.</param>
    /// <param name="name">Name of the table, for messages.</param>
    /// <exception cref="AuditInputException">It is no whole Parquet file.</exception>
    public ParquetRows(Stream stream, string name)
        : base(name)
    {
        file = new SharedFile(stream);
        footer = Readable(null, () => FooterOf(stream));
        types = new ColumnType[footer.Roots.Count];
        foreach (var group in footer.Columns.GroupBy(column => column.Root))
        {
            types[group.Key] = group.ToList() switch
            {
                [{ IsRoot: true, Repetitions: 0 } only] => only.Type,
                [{ Repetitions: 1 }] => new ColumnType(ValueKind.List),
                _ => new ColumnType(ValueKind.Nested),
            };
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => footer.Roots;

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnType> Types => types;

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var (cells, _) in readers.Values)
            cells.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    private protected override void OpenCells(int column, CodedColumn cells)
    {
        var leaf = LeafOf(column);
        readers.Add(column, (new ParquetCells(file, footer.Columns[leaf], cells), leaf));
    }

    /// <inheritdoc/>
    private protected override Vectors? OpenVectors(int column, string place) =>
        Vectors.AreOf(footer.Columns[LeafOf(column)].Type) ? new ParquetVectors(place, file, footer, LeafOf(column)) : null;

    /// <inheritdoc/>
    private protected override void ReadCells(int column, int rows) => readers[column].Cells.Read(rows);

    /// <inheritdoc/>
    private protected override long? NextRows()
    {
        if (next == footer.Groups.Count)
            return null;
        var group = footer.Groups[next++];
        if (group.Rows < 0 || group.Chunks.Count != footer.Columns.Count)
            Readable(null, () => throw Damage());
        foreach (var (column, (cells, leaf)) in readers)
            Readable(column, () => cells.Begin(group.Chunks[leaf], group.Rows));
        return group.Rows;
    }

    private int LeafOf(int column)
    {
        var leaf = 0;
        while (footer.Columns[leaf].Root != column)
            leaf++;
        return leaf;
    }

    private static ParquetFooter FooterOf(Stream stream)
    {
        ParquetFooter? footer;
        string? problem;
        try
        {
            footer = ParquetFooter.Find(stream, out problem);
        }
        catch (InvalidDataException)
        {
            throw Damage();
        }

        return footer ?? throw new InvalidDataException(problem);
    }

    private static InvalidDataException Damage() => new("the footer of the Parquet file is damaged");
}
