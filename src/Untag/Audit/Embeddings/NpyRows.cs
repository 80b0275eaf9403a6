using System.Numerics;
using System.Runtime.InteropServices;
using Untag.Audit.Tables;

namespace Untag.Audit.Embeddings;

/// <summary>Walks over embeddings, one row at a time. Every number is finite.</summary>
internal sealed class NpyRows(EmbeddingSource source) : IDisposable
{
    /// <summary>Opens an array.</summary>
    /// <exception cref="AuditInputException">It is no array of rows, or it is cut.</exception>
    public NpyRows(TableSource source)
        : this(new ArrayEmbeddings(source))
    {
    }

    /// <summary>How many rows there are.</summary>
    public long Rows => source.Rows;

    /// <summary>Coordinates of a row.</summary>
    public int Dimensions => source.Dimensions;

    /// <summary>Bytes of a number: 2, 4 or 8.</summary>
    public int Width => source.Width;

    /// <summary>The present row.</summary>
    public double[] Numbers => source.Numbers;

    /// <summary>Rows that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="AuditInputException">A number is not finite, or the source is cut.</exception>
    public bool Next()
    {
        if (Read == Rows)
            return false;
        source.Next();
        Read++;
        foreach (var number in Numbers)
        {
            if (!double.IsFinite(number))
                throw NotFinite(Read);
        }

        return true;
    }

    /// <summary>Reads as many of the next rows as a block has room for, of an array of float16 or float32.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="AuditInputException">A number is not finite.</exception>
    public bool Next(RowBlock block)
    {
        block.Rows = (int)Math.Min(block.RowsMax, Rows - Read);
        if (source.TryNext(block))
        {
            CheckFinite(block);
            Read += block.Rows;
            return block.Rows > 0;
        }

        for (var row = 0; row < block.Rows; row++)
        {
            Next();
            for (var i = 0; i < Dimensions; i++)
                block.Numbers[(row * Dimensions) + i] = (float)Numbers[i];
        }

        return block.Rows > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    // Of what is not finite all bits of the exponent are set.
    private void CheckFinite(RowBlock block)
    {
        const int Exponent = 0x7F80_0000;
        var bits = MemoryMarshal.Cast<float, int>(block.Numbers.AsSpan(0, block.Rows * Dimensions));
        var wide = MemoryMarshal.Cast<int, Vector<int>>(bits);
        var largest = Vector<int>.Zero;
        foreach (var vector in wide)
            largest = Vector.Max(largest, vector & new Vector<int>(Exponent));
        var isFinite = !Vector.EqualsAny(largest, new Vector<int>(Exponent));
        for (var i = wide.Length * Vector<int>.Count; i < bits.Length; i++)
            isFinite &= (bits[i] & Exponent) != Exponent;
        if (!isFinite)
            throw NotFinite(Read + 1 + (Array.FindIndex(block.Numbers, number => !float.IsFinite(number)) / Dimensions));
    }

    private AuditInputException NotFinite(long row) =>
        new($"`{source.Name}`: row {row} holds a number that is not finite", "leave the row out of table and array");
}
