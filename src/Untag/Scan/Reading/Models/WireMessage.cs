namespace Untag.Scan.Reading.Models;

/// <summary>How a field of a protobuf message is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>A field of a protobuf message.</summary>
/// <param name="Number">Its number in the schema.</param>
/// <param name="Type">How it is written.</param>
/// <param name="Value">Its value, when it is a varint.</param>
/// <param name="Start">Where its content begins, when it is bytes, a text or a message.</param>
/// <param name="Length">Bytes of the content.</param>
internal readonly record struct WireField(int Number, WireType Type, ulong Value, long Start, long Length)
{
    /// <summary>True for the field of this number that holds bytes, a text or a message.</summary>
    public bool Is(int number) => Number == number && Type == WireType.Bytes;
}

/// <summary>Goes through the fields of a protobuf message without its schema and without reading their content.</summary>
internal struct WireMessage(ByteSource source, long start, long end)
{
    private const int FieldNumberMax = (1 << 29) - 1;

    private long at = start;

    /// <summary>The message that a field holds.</summary>
    public WireMessage(ByteSource source, WireField field)
        : this(source, field.Start, field.Start + field.Length)
    {
    }

    /// <summary>Goes to the next field; false at the end of the message, and where it is damaged.</summary>
    public bool Next(out WireField field)
    {
        field = default;
        if (source.IsDamaged || at >= end)
            return false;
        var begin = at;
        var tag = Varint();
        var number = tag >> 3;
        var type = (WireType)(int)(tag & 7);
        if (source.IsDamaged || number is 0 or > FieldNumberMax)
            return Broken(begin);
        switch (type)
        {
            case WireType.Varint:
                field = new WireField((int)number, type, Varint(), at, 0);
                break;
            case WireType.Fixed64:
                field = new WireField((int)number, type, 0, at, sizeof(ulong));
                at += sizeof(ulong);
                break;
            case WireType.Fixed32:
                field = new WireField((int)number, type, 0, at, sizeof(uint));
                at += sizeof(uint);
                break;
            case WireType.Bytes:
                var length = Varint();
                if (length > (ulong)(end - Math.Min(at, end)))
                    return Broken(begin);
                field = new WireField((int)number, type, 0, at, (long)length);
                at += (long)length;
                break;
            default:
                return Broken(begin);
        }

        return (at <= end && !source.IsDamaged) || Broken(begin);
    }

    /// <summary>The numbers of a repeated field, packed or not, appended to a list that never grows beyond what a shape
    /// can have.</summary>
    public static void AddNumbers(ByteSource source, WireField field, List<long> numbers)
    {
        const int DimensionsMax = 64;
        if (field.Type == WireType.Varint && numbers.Count < DimensionsMax)
            numbers.Add(unchecked((long)field.Value));
        if (field.Type != WireType.Bytes)
            return;
        var packed = new WireMessage(source, field);
        while (packed.at < packed.End && numbers.Count < DimensionsMax && !source.IsDamaged)
            numbers.Add(unchecked((long)packed.Varint()));
    }

    private readonly long End => end;

    private bool Broken(long begin)
    {
        source.Damage($"cut off or damaged from byte {begin} on: what follows was not read");
        return false;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= end)
                break;
            var next = source.Byte(at++);
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        Broken(at);
        return 0;
    }
}
