namespace Untag.Server.Guard.Requests;

/// <summary>Reads the fields of a message of Protocol Buffers that have a length: texts, bytes, messages
/// (https://protobuf.dev/programming-guides/encoding).</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int Number = 0, Fixed64 = 1, Delimited = 2, GroupStart = 3, GroupEnd = 4, Fixed32 = 5;

    private ReadOnlySpan<byte> rest = message;

    /// <summary>True when the bytes were no fields to their end.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>True for bytes that can be read as a message to their end.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        while (reader.Next(out _))
        {
        }

        return !reader.IsDamaged;
    }

    /// <summary>Goes on to the next field that has a length.</summary>
    /// <param name="value">Its bytes.</param>
    /// <returns>False at the end, and where the bytes are no message any more.</returns>
    public bool Next(out ReadOnlySpan<byte> value)
    {
        value = default;
        while (!rest.IsEmpty)
        {
            if (!ReadNumber(out var key) || key >> 3 == 0)
                return Damaged();
            switch ((int)(key & 7))
            {
                case Number when ReadNumber(out _):
                case Fixed64 when Skip(8):
                case Fixed32 when Skip(4):
                case GroupStart or GroupEnd:
                    continue;
                case Delimited when ReadNumber(out var length) && length <= (ulong)rest.Length:
                    value = rest[..(int)length];
                    rest = rest[(int)length..];
                    return true;
                default:
                    return Damaged();
            }
        }

        return false;
    }

    private bool Damaged()
    {
        IsDamaged = true;
        return false;
    }

    private bool Skip(int count)
    {
        if (rest.Length < count)
            return false;
        rest = rest[count..];
        return true;
    }

    private bool ReadNumber(out ulong number)
    {
        number = 0;
        for (var i = 0; i < Math.Min(rest.Length, 10); i++)
        {
            number |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] >= 0x80)
                continue;
            rest = rest[(i + 1)..];
            return true;
        }

        return false;
    }
}
