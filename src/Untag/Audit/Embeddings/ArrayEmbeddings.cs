using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Untag.Audit.Tables;

namespace Untag.Audit.Embeddings;

/// <summary>Embeddings in an array of NumPy (<c>.npy</c>, or one in a <c>.npz</c>), in a buffer of one row.</summary>
/// <remarks>The array has two dimensions, rows and coordinates, in C order, of <c>f2</c>, <c>f4</c> or <c>f8</c>, little or big
/// endian.</remarks>
internal sealed class ArrayEmbeddings : EmbeddingSource
{
    private readonly ArrayFile file;
    private readonly ArrayShape shape;
    private readonly byte[] bytes;

    /// <summary>Opens a file and reads its head.</summary>
    /// <exception cref="AuditInputException">It is no such array, or it is cut.</exception>
    public ArrayEmbeddings(TableSource source)
    {
        file = ArrayFile.Open(source);
        shape = ArrayShape.Of(file.Head) ?? throw new AuditInputException(
            $"`{Name}` is no array of rows that can be read", "write it with numpy.save: float16, float32 or float64, rows by coordinates");
        if (shape.IsByColumn)
        {
            throw new AuditInputException(
                $"`{Name}` is in Fortran order, column by column", "write it row by row: numpy.save(path, numpy.ascontiguousarray(x))");
        }

        bytes = new byte[Width * Dimensions];
        Numbers = new double[Dimensions];
        if (file.Left < (Int128)Rows * bytes.Length)
            throw new AuditInputException($"`{Name}` is cut: it holds less than its {Rows} rows", "write it again");
    }

    public override string Name => file.Name;

    public override long Rows => shape.Rows;

    public override int Dimensions => shape.Dimensions;

    public override int Width => shape.Width;

    public override double[] Numbers { get; }

    public override void Next()
    {
        file.Read(bytes);
        for (var at = 0; shape.IsBigEndian && at < bytes.Length; at += Width)
            bytes.AsSpan(at, Width).Reverse();
        for (var i = 0; i < Numbers.Length; i++)
        {
            var at = bytes.AsSpan(i * Width);
            Numbers[i] = Width switch
            {
                2 => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                4 => BinaryPrimitives.ReadSingleLittleEndian(at),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(at),
            };
        }
    }

    public override bool TryNext(RowBlock block)
    {
        var stand = Width == sizeof(float) && shape.IsBigEndian != BitConverter.IsLittleEndian;
        if (stand)
            file.Read(MemoryMarshal.AsBytes(block.Numbers.AsSpan(0, block.Rows * Dimensions)));
        return stand;
    }

    public override void Dispose() => file.Dispose();
}
