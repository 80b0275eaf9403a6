using System.Buffers.Binary;
using Untag.Audit;

namespace Untag.Erase.Onnx;

/// <summary>How the numbers of a tensor are written.</summary>
internal enum OnnxType
{
    Float32 = 1,
    Float16 = 10,
    Float64 = 11,
}

/// <summary>A tensor of weights, with its numbers beside the graph or, as <see cref="IsExternal"/>, in another file.</summary>
/// <remarks>Numbers stand as bytes (<c>raw_data</c>), or in the field of their type: <c>float_data</c>, <c>double_data</c>, and
/// <c>int32_data</c> for the bits of float16.</remarks>
internal sealed class OnnxTensor(ProtoMessage message)
{
    private const int RawField = 9;
    private const long NumbersMax = 1L << 30;

    /// <summary>Its name.</summary>
    public string Name => message.Text(8);

    /// <summary>Its type, when it is one that can be folded into.</summary>
    public OnnxType? Type => Known(message.Number(2));

    /// <summary>Its dimensions.</summary>
    public IReadOnlyList<long> Shape { get; } =
        [.. message.Fields.Where(field => field.Number == 1).SelectMany(field => field.Numbers()).Select(size => unchecked((long)size))];

    /// <summary>How many numbers it has; −1 when it states too many.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product >= 0 && size >= 0 && (Int128)product * size <= NumbersMax ? product * size : -1);

    /// <summary>True when its numbers are in another file.</summary>
    public bool IsExternal => message.All(13).Any() || message.Number(14) is > 0;

    private int TypedField => Type switch { OnnxType.Float32 => 4, OnnxType.Float16 => 5, _ => 10 };

    private int Width => WidthOf(Type!.Value);

    /// <summary>A made tensor.</summary>
    public static ProtoMessage Made(string name, OnnxType type, IEnumerable<long> shape, Columns numbers, MatrixOrder order) =>
        new([
            .. shape.Select(size => ProtoField.Of(1, size)), ProtoField.Of(2, (long)type), ProtoField.Of(8, name),
            ProtoField.Of(RawField, BytesOf(numbers, order, type)),
        ]);

    /// <summary>Its numbers.</summary>
    /// <param name="length">Numbers of a column.</param>
    /// <param name="count">Columns.</param>
    /// <param name="order">In which order they stand.</param>
    /// <exception cref="InvalidDataException">It has another number of them.</exception>
    public Columns Read(int length, int count, MatrixOrder order)
    {
        var (bytes, width) = (Bytes(), Width);
        if (bytes.Length != (long)length * count * width)
            throw new InvalidDataException();
        var numbers = bytes.Span;
        var (columns, type) = (new Columns(length, count), Type);
        for (var (i, at) = (0L, 0); at < bytes.Length; i++, at += width)
        {
            var (row, column) = order == MatrixOrder.ColumnByColumn ? (i % length, i / length) : (i / count, i % count);
            columns[(int)row, (int)column] = type switch
            {
                OnnxType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(numbers[at..]),
                OnnxType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(numbers[at..]),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(numbers[at..]),
            };
        }

        return columns;
    }

    /// <summary>The same tensor with other numbers, written in the same way.</summary>
    /// <exception cref="AuditInputException">A number is too large for the type.</exception>
    public ProtoMessage With(Columns numbers, MatrixOrder order)
    {
        var bytes = BytesOf(numbers, order, Type!.Value);
        var isRaw = message.All(RawField).Any();
        var written = isRaw ? ProtoField.Of(RawField, bytes)
            : ProtoField.Of(TypedField, Type == OnnxType.Float16 ? Bits(bytes) : bytes);
        var isWritten = false;
        var fields = new List<ProtoField>();
        foreach (var field in message.Fields)
        {
            if (field.Number != written.Number)
                fields.Add(field);
            else if (!isWritten)
                fields.Add(written);
            isWritten |= field.Number == written.Number;
        }

        return new ProtoMessage(fields);
    }

    // The bits of float16 as numbers of int32.
    private static byte[] Bits(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / 2).SelectMany(i => ProtoField.Varint(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i))))];

    private ReadOnlyMemory<byte> Bytes()
    {
        var raw = message.All(RawField).ToList();
        if (raw.Count > 0)
            return raw[^1].Content;
        var typed = message.Fields.Where(field => field.Number == TypedField).ToList();
        if (typed is [{ Type: ProtoType.Bytes } packed] && Type != OnnxType.Float16)
            return packed.Content;
        using var all = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        foreach (var field in typed)
        {
            if (field.Type == ProtoType.Bytes && Type != OnnxType.Float16)
            {
                all.Write(field.Content.Span);
                continue;
            }

            foreach (var value in field.Numbers())
            {
                BinaryPrimitives.WriteUInt64LittleEndian(number, value);
                all.Write(number[..Width]);
            }
        }

        return all.ToArray();
    }

    private static byte[] BytesOf(Columns numbers, MatrixOrder order, OnnxType type)
    {
        var width = WidthOf(type);
        var bytes = new byte[(long)numbers.Length * numbers.Count * width];
        for (var i = 0; i < numbers.Length; i++)
        {
            for (var j = 0; j < numbers.Count; j++)
            {
                var at = order == MatrixOrder.ColumnByColumn ? ((long)j * numbers.Length) + i : ((long)i * numbers.Count) + j;
                var to = bytes.AsSpan((int)(at * width), width);
                var number = numbers[i, j];
                switch (type)
                {
                    case OnnxType.Float16:
                        BinaryPrimitives.WriteHalfLittleEndian(to, (Half)number);
                        break;
                    case OnnxType.Float32:
                        BinaryPrimitives.WriteSingleLittleEndian(to, (float)number);
                        break;
                    default:
                        BinaryPrimitives.WriteDoubleLittleEndian(to, number);
                        break;
                }

                if (Math.Abs(number) > Largest(type))
                    throw new AuditInputException("an erased weight is too large for the numbers of the model", "export the model in float32");
            }
        }

        return bytes;
    }

    /// <summary>A type by its number; null when it is not one that can be folded into.</summary>
    public static OnnxType? Known(ulong? number) => number switch { 1 => OnnxType.Float32, 10 => OnnxType.Float16, 11 => OnnxType.Float64, _ => null };

    private static int WidthOf(OnnxType type) => type switch { OnnxType.Float16 => 2, OnnxType.Float32 => 4, _ => 8 };

    private static double Largest(OnnxType type) =>
        type switch { OnnxType.Float16 => (double)Half.MaxValue, OnnxType.Float32 => float.MaxValue, _ => double.MaxValue };
}

/// <summary>In which order the numbers of columns stand in a file.</summary>
internal enum MatrixOrder
{
    /// <summary>The first number of each column, then the second of each.</summary>
    RowByRow,

    /// <summary>The first column, then the second.</summary>
    ColumnByColumn,
}
