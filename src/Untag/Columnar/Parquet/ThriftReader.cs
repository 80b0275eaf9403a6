using System.Text;

namespace Untag.Columnar.Parquet;

/// <summary>The types of the compact protocol.</summary>
internal enum ThriftType
{
    Stop = 0,
    True = 1,
    False = 2,
    Byte = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
    Uuid = 13,
}

/// <summary>Reads Thrift's compact protocol. No count that it finds is trusted: each is held against the bytes that are
/// left. Damage is an <see cref="InvalidDataException"/>.</summary>
/// <param name="bytes">The bytes of one structure.</param>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int DepthMax = 32;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Moves to the next field of a structure; false at its end.</summary>
    /// <param name="id">Number of the field before, 0 at the beginning; becomes the number of this one.</param>
    /// <param name="type">Type of the field.</param>
    public bool NextField(ref int id, out ThriftType type)
    {
        var head = ReadByte();
        type = (ThriftType)(head & 0x0F);
        if (type == ThriftType.Stop)
            return false;
        id = head >> 4 is var delta and > 0 ? id + delta : unchecked((short)ReadInteger());
        return true;
    }

    /// <summary>A number of any width.</summary>
    public long ReadInteger()
    {
        var raw = ReadVarint();
        return unchecked((long)(raw >> 1) ^ -(long)(raw & 1));
    }

    /// <summary>Bytes with their length before them.</summary>
    public ReadOnlySpan<byte> ReadBinary() => Take(ReadVarint());

    /// <summary>A text; what is not UTF-8 in it is replaced.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadBinary());

    /// <summary>Number of the elements that follow.</summary>
    public int ReadListHead(out ThriftType element)
    {
        var head = ReadByte();
        element = (ThriftType)(head & 0x0F);
        var count = head >> 4 == 15 ? ReadVarint() : (ulong)(head >> 4);
        return count <= (ulong)(bytes.Length - Position) ? (int)count : throw Damage();
    }

    /// <summary>Passes over a value.</summary>
    public void Skip(ThriftType type) => Skip(type, depth: 0);

    private void Skip(ThriftType type, int depth)
    {
        if (depth > DepthMax)
            throw Damage();
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                ReadByte();
                break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                ReadVarint();
                break;
            case ThriftType.Double:
                Take(sizeof(double));
                break;
            case ThriftType.Uuid:
                Take(16);
                break;
            case ThriftType.Binary:
                ReadBinary();
                break;
            case ThriftType.List or ThriftType.Set:
                for (var left = ReadListHead(out var element); left > 0; left--)
                    SkipElement(element, depth);
                break;
            case ThriftType.Map:
                SkipMap(depth);
                break;
            case ThriftType.Struct:
                for (var id = 0; NextField(ref id, out var field);)
                    Skip(field, depth + 1);
                break;
            default:
                throw Damage();
        }
    }

    private void SkipMap(int depth)
    {
        var count = ReadVarint();
        if (count == 0)
            return;
        var types = ReadByte();
        if (count > (ulong)(bytes.Length - Position))
            throw Damage();
        for (; count > 0; count--)
        {
            SkipElement((ThriftType)(types >> 4), depth);
            SkipElement((ThriftType)(types & 0x0F), depth);
        }
    }

    // A truth value is a byte of its own in a list, and none in a structure.
    private void SkipElement(ThriftType type, int depth) =>
        Skip(type is ThriftType.True or ThriftType.False ? ThriftType.Byte : type, depth + 1);

    private byte ReadByte() => Position < bytes.Length ? bytes[Position++] : throw Damage();

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= unchecked((ulong)(next & 0x7F) << shift);
            if (next < 0x80)
                return value;
        }

        throw Damage();
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - Position))
            throw Damage();
        var taken = bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    private static InvalidDataException Damage() => new("the structure is damaged");
}
