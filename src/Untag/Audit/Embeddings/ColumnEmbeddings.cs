using Untag.Audit.Tables;
using Untag.Audit.Tables.Typed;

namespace Untag.Audit.Embeddings;

/// <summary>Embeddings in a column of lists, table after table.</summary>
internal sealed class ColumnEmbeddings : EmbeddingSource
{
    private readonly IReadOnlyList<TableSource> tables;
    private readonly string column;
    private int next; // table
    private FileStream? stream;
    private TableRows? table;
    private Vectors? vectors;
    private bool isAhead = true;

    /// <summary>Opens the first table.</summary>
    /// <exception cref="AuditInputException">The column cannot be read.</exception>
    public ColumnEmbeddings(IReadOnlyList<TableSource> tables, string column, long rows)
    {
        (this.tables, this.column, Rows) = (tables, column, rows);
        // The first row tells how many coordinates there are.
        if (!Advance())
            throw Short();
        (Numbers, Width) = ([.. vectors!.Numbers], vectors.Width);
    }

    public override string Name => column;

    public override long Rows { get; }

    public override int Dimensions => Numbers.Length;

    public override int Width { get; }

    public override double[] Numbers { get; }

    /// <summary>True when a table has a column of lists of the name.</summary>
    public static bool Has(TableSource source, string column)
    {
        using var stream = TableFile.Open(source);
        using var rows = TableFile.Rows(stream, source.Name);
        return rows.OpenVectors(column) is not null;
    }

    public override void Next()
    {
        if (!isAhead && !Advance())
            throw Short();
        isAhead = false;
        if (vectors!.Dimensions != Dimensions)
            throw new AuditInputException($"`{tables[next - 1].Name}` has other coordinates in `{column}` than `{tables[0].Name}`", "audit tables together that have the same columns");
        vectors.Numbers.CopyTo(Numbers, 0);
    }

    public override void Dispose()
    {
        vectors?.Dispose();
        table?.Dispose();
        stream?.Dispose();
    }

    private bool Advance()
    {
        while (vectors is null || !vectors.Next())
        {
            if (next == tables.Count)
                return false;
            Dispose();
            stream = TableFile.Open(tables[next]);
            table = TableFile.Rows(stream, tables[next].Name);
            vectors = table.OpenVectors(column) ?? throw new AuditInputException(
                $"`{tables[next].Name}` has no lists of numbers in `{column}`, which `{tables[0].Name}` has", "audit tables together that have the same columns");
            next++;
        }

        return true;
    }

    private AuditInputException Short() => new($"column `{column}` has fewer rows than the tables", "write the tables again");
}
