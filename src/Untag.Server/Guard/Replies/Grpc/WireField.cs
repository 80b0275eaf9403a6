namespace Untag.Server.Guard.Replies.Grpc;

/// <summary>How a field of a message is written.</summary>
internal enum Wire
{
    Varint = 0,
    EightBytes = 1,
    Bytes = 2,
    FourBytes = 5,
}

/// <summary>A field of a message, as it lies in its bytes.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Type">How it is written.</param>
/// <param name="Value">Its value, when it is a varint.</param>
/// <param name="Begin">Where it begins.</param>
/// <param name="Start">Where its content begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct WireField(int Number, Wire Type, ulong Value, int Begin, int Start, int End)
{
    /// <summary>Its content.</summary>
    public Range Content => Start..End;
}

/// <summary>Goes through the fields of a message of Protocol Buffers.</summary>
/// <param name="bytes">What the message is a part of.</param>
/// <param name="content">The message.</param>
internal ref struct WireFields(ReadOnlySpan<byte> bytes, Range content)
{
    private const int FieldNumberMax = (1 << 29) - 1;

    private readonly ReadOnlySpan<byte> bytes = bytes[..content.End.GetOffset(bytes.Length)];
    private int at = content.Start.GetOffset(bytes.Length);

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="ReplyRefusedException">The message is damaged, or holds a group.</exception>
    public bool Next(out WireField field)
    {
        field = default;
        if (at == bytes.Length)
            return false;
        var begin = at;
        var tag = Varint();
        var (number, type) = (tag >> 3, (Wire)(int)(tag & 7));
        if (number is 0 or > FieldNumberMax)
            throw Damaged();
        var value = type == Wire.Varint ? Varint() : 0;
        var start = at;
        var length = type switch
        {
            Wire.Varint => 0UL,
            Wire.EightBytes => 8UL,
            Wire.FourBytes => 4UL,
            Wire.Bytes => Varint(),
            _ => throw Damaged(),
        };
        start = type == Wire.Bytes ? at : start;
        if (length > (ulong)(bytes.Length - start))
            throw Damaged();
        at = start + (int)length;
        field = new WireField((int)number, type, value, begin, start, at);
        return true;
    }

    /// <summary>Reads one number.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged();
    }

    /// <summary>True when nothing follows.</summary>
    public readonly bool IsAtEnd => at == bytes.Length;

    private static ReplyRefusedException Damaged() =>
        Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a message that is damaged or cut");
}
