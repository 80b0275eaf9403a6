using Untag.Audit.Tables;

namespace Untag.Audit.Embeddings;

/// <summary>Where embeddings come from: an array of NumPy, or a column of lists in the tables.</summary>
internal abstract class EmbeddingSource : IDisposable
{
    /// <summary>What messages call it.</summary>
    public abstract string Name { get; }

    /// <summary>How many there are.</summary>
    public abstract long Rows { get; }

    /// <summary>Coordinates of each.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Bytes of a number: 2, 4 or 8.</summary>
    public abstract int Width { get; }

    /// <summary>The present one.</summary>
    public abstract double[] Numbers { get; }

    /// <summary>Goes to the next; there is one.</summary>
    /// <exception cref="AuditInputException">It is cut or damaged.</exception>
    public abstract void Next();

    /// <summary>Reads the rows of a block as they stand; there are as many.</summary>
    /// <returns>False, and nothing is read, where they do not stand as this machine holds float32.</returns>
    /// <exception cref="AuditInputException">They are cut or damaged.</exception>
    public virtual bool TryNext(RowBlock block) => false;

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The column of the tables when they have one of the name, otherwise the file.</summary>
    /// <param name="embedding">Name of the column, or the file.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="rows">Their rows.</param>
    /// <exception cref="AuditInputException">It cannot be read.</exception>
    public static EmbeddingSource Beside(TableSource embedding, IReadOnlyList<TableSource> tables, long rows)
    {
        var column = Path.GetFileName(embedding.Name);
        return ColumnEmbeddings.Has(tables[0], column) ? new ColumnEmbeddings(tables, column, rows) : new ArrayEmbeddings(embedding);
    }
}
