using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Untag.Audit.Tables;

namespace Untag.Audit.Embeddings;

/// <summary>Walks over the rows of an array of NumPy (<c>.npy</c>), one at a time, in a buffer of one row.</summary>
/// <remarks>The array has two dimensions, rows and coordinates, in C order, of <c>f2</c>, <c>f4</c> or <c>f8</c>, little or big
/// endian. Every number is finite.</remarks>
internal sealed partial class NpyRows : IDisposable
{
    private const int HeaderBytesMax = 1 << 16;
    private const string Hint = "write it with numpy.save: float16, float32 or float64, rows by coordinates";

    private static readonly byte[] Mark = [0x93, .. "NUMPY"u8];

    private readonly Stream stream;
    private readonly string name;
    private readonly byte[] bytes;
    private readonly bool isBigEndian;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="AuditInputException">It is no such array, or it is cut.</exception>
    public NpyRows(TableSource source)
    {
        name = source.Name;
        if (!name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
            throw new AuditInputException($"`{name}` is no .npy file", Hint);
        stream = new BufferedStream(TableFile.Open(source), 1 << 18);
        var header = ReadHeader();
        var type = Type().Match(header);
        isBigEndian = type.Groups[1].Value == ">";
        Width = type.Groups[2].Value switch { "f2" => 2, "f4" => 4, "f8" => 8, _ => 0 };
        if (FortranOrder().IsMatch(header))
        {
            throw new AuditInputException(
                $"`{name}` is in Fortran order, column by column", "write it row by row: numpy.save(path, numpy.ascontiguousarray(x))");
        }

        var shape = Shape().Match(header);
        if (Width == 0 || !shape.Success
            || !long.TryParse(shape.Groups[1].Value, CultureInfo.InvariantCulture, out var rows)
            || !int.TryParse(shape.Groups[2].Value, CultureInfo.InvariantCulture, out var dimensions)
            || dimensions is < 1 or > 16_384)
        {
            throw new AuditInputException($"`{name}` is no array of rows that can be read", Hint);
        }

        (Rows, Dimensions) = (rows, dimensions);
        bytes = new byte[Width * dimensions];
        Numbers = new double[dimensions];
        if (stream.Length - stream.Position < (Int128)rows * bytes.Length)
            throw new AuditInputException($"`{name}` is cut: it holds less than its {rows} rows", "write it again");
    }

    /// <summary>Rows of the array.</summary>
    public long Rows { get; }

    /// <summary>Coordinates of a row.</summary>
    public int Dimensions { get; }

    /// <summary>Bytes of a number: 2, 4 or 8.</summary>
    public int Width { get; }

    /// <summary>The present row.</summary>
    public double[] Numbers { get; }

    /// <summary>Rows that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="AuditInputException">A number is not finite.</exception>
    public bool Next()
    {
        if (Read == Rows)
            return false;
        stream.ReadExactly(bytes);
        Read++;
        if (isBigEndian)
            Turn();
        for (var i = 0; i < Numbers.Length; i++)
        {
            var at = bytes.AsSpan(i * Width);
            Numbers[i] = Width switch
            {
                2 => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                4 => BinaryPrimitives.ReadSingleLittleEndian(at),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(at),
            };
            if (!double.IsFinite(Numbers[i]))
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
        var numbers = block.Numbers.AsSpan(0, block.Rows * Dimensions);
        if (Width == sizeof(float) && !isBigEndian)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(numbers));
            CheckFinite(block);
            Read += block.Rows;
            return block.Rows > 0;
        }

        for (var row = 0; row < block.Rows; row++)
        {
            Next();
            for (var i = 0; i < Dimensions; i++)
                numbers[(row * Dimensions) + i] = (float)Numbers[i];
        }

        return block.Rows > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

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
        new($"`{name}`: row {row} holds a number that is not finite", "leave the row out of table and array");

    private void Turn()
    {
        for (var at = 0; at < bytes.Length; at += Width)
            bytes.AsSpan(at, Width).Reverse();
    }

    private string ReadHeader()
    {
        var start = new byte[12];
        if (stream.ReadAtLeast(start, 12, throwOnEndOfStream: false) < 12 || !start.AsSpan().StartsWith(Mark))
            throw new AuditInputException($"`{name}` is no .npy file", Hint);
        var isOld = start[6] < 2;
        var length = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8));
        stream.Position = isOld ? 10 : 12;
        if (length > HeaderBytesMax || length > stream.Length - stream.Position)
            throw new AuditInputException($"the head of `{name}` is cut", Hint);
        var text = new byte[length];
        stream.ReadExactly(text);
        return Encoding.ASCII.GetString(text);
    }

    [GeneratedRegex("'descr': *'([<>])(f[248])'")]
    private static partial Regex Type();

    [GeneratedRegex("'fortran_order': *True")]
    private static partial Regex FortranOrder();

    [GeneratedRegex(@"'shape': *\((\d+), *(\d+),? *\)")]
    private static partial Regex Shape();
}
