using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>Writes arrays of NumPy, version 1.0 of the format, little endian, in C order.</summary>
internal static class NpyWriter
{
    /// <summary>Writes the head of an array; its numbers come behind it.</summary>
    public static void WriteHead(Stream output, NpyType type, params IReadOnlyList<long> shape)
    {
        var sizes = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        var text = $"{{'descr': '{Name(type)}', 'fortran_order': False, 'shape': ({sizes}{(shape.Count == 1 ? "," : "")}), }}";
        // The numbers begin at a multiple of 64.
        var head = Encoding.ASCII.GetBytes(text + new string(' ', 63 - ((text.Length + 10) % 64)) + "\n");
        output.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)(head.Length & 0xFF), (byte)(head.Length >> 8)]);
        output.Write(head);
    }

    /// <summary>Writes columns as an array of float64, row by row.</summary>
    public static void Write(Stream output, Columns columns)
    {
        WriteHead(output, NpyType.Float64, columns.Length, columns.Count);
        Span<byte> number = stackalloc byte[sizeof(double)];
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < columns.Count; j++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(number, columns[i, j]);
                output.Write(number);
            }
        }
    }

    /// <summary>Writes the present row of another array.</summary>
    /// <param name="output">Behind the head and the rows before.</param>
    /// <param name="type">As in the head.</param>
    /// <param name="rows">The other array.</param>
    /// <param name="buffer">A row of bytes, of any content.</param>
    public static void WriteRow(Stream output, NpyType type, NpyRows rows, byte[] buffer)
    {
        var width = Width(type);
        for (var i = 0; i < rows.Dimensions; i++)
        {
            var to = buffer.AsSpan(i * width, width);
            switch (type)
            {
                case NpyType.Float16:
                    BinaryPrimitives.WriteHalfLittleEndian(to, (Half)rows.Numbers[i]);
                    break;
                case NpyType.Float32:
                    BinaryPrimitives.WriteSingleLittleEndian(to, (float)rows.Numbers[i]);
                    break;
                case NpyType.Float64:
                    BinaryPrimitives.WriteDoubleLittleEndian(to, rows.Numbers[i]);
                    break;
                default:
                    to[0] = unchecked((byte)(sbyte)Math.Round(rows.Numbers[i] * 127));
                    break;
            }
        }

        output.Write(buffer, 0, rows.Dimensions * width);
    }

    /// <summary>Writes the rows of a block as float32.</summary>
    public static void WriteBlock(Stream output, RowBlock block)
    {
        var numbers = block.Numbers.AsSpan(0, block.Rows * block.Dimensions);
        if (BitConverter.IsLittleEndian)
        {
            output.Write(MemoryMarshal.AsBytes(numbers));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, number);
            output.Write(bytes);
        }
    }

    /// <summary>Bytes of a number.</summary>
    public static int Width(NpyType type) => type switch { NpyType.Int8 => 1, NpyType.Float16 => 2, NpyType.Float32 => 4, _ => 8 };

    private static string Name(NpyType type) => type switch { NpyType.Int8 => "|i1", NpyType.Float16 => "<f2", NpyType.Float32 => "<f4", _ => "<f8" };
}
