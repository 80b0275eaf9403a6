using System.Text;

namespace Untag.Erase.Onnx;

/// <summary>How a field of a message of Protocol Buffers is written.</summary>
internal enum ProtoType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>A field of a message.</summary>
/// <param name="Number">Its number in the schema.</param>
/// <param name="Type">How it is written.</param>
/// <param name="Value">Its value, when it is a number.</param>
/// <param name="Head">Its bytes up to the content: all of them when it is a number.</param>
/// <param name="Content">Its content, when it is bytes, a text or a message that was read.</param>
/// <param name="Message">Its content, when it is a message that was changed or made.</param>
internal readonly record struct ProtoField(
    int Number, ProtoType Type, ulong Value, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Content, ProtoMessage? Message)
{
    /// <summary>Bytes of the field.</summary>
    public long Length => Head.Length + Content.Length + (Message?.Length ?? 0);

    /// <summary>The content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>A field that holds a message.</summary>
    public static ProtoField Of(int number, ProtoMessage message) =>
        new(number, ProtoType.Bytes, 0, HeadOf(number, message.Length), default, message);

    /// <summary>A field that holds bytes.</summary>
    public static ProtoField Of(int number, ReadOnlyMemory<byte> content) =>
        new(number, ProtoType.Bytes, 0, HeadOf(number, content.Length), content, null);

    /// <summary>A field that holds a text.</summary>
    public static ProtoField Of(int number, string text) => Of(number, Encoding.UTF8.GetBytes(text));

    /// <summary>A field that holds a whole number, not negative.</summary>
    public static ProtoField Of(int number, long value) => new(
        number, ProtoType.Varint, (ulong)value, (byte[])[.. Varint((ulong)number << 3), .. Varint((ulong)value)], default, null);

    /// <summary>True for the field of this number that holds bytes, a text or a message.</summary>
    public bool Is(int number) => Number == number && Type == ProtoType.Bytes;

    /// <summary>The message in it.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public ProtoMessage Open() => Message ?? ProtoMessage.Read(Content);

    /// <summary>The whole numbers of a repeated field, packed or not.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public IEnumerable<ulong> Numbers()
    {
        if (Type != ProtoType.Bytes)
        {
            yield return Value;
            yield break;
        }

        for (var at = 0; at < Content.Length;)
            yield return ProtoMessage.ReadVarint(Content.Span, ref at);
    }

    /// <summary>Writes the field.</summary>
    public void WriteTo(Stream output)
    {
        output.Write(Head.Span);
        output.Write(Content.Span);
        Message?.WriteTo(output);
    }

    /// <summary>A number as Protocol Buffers write it, 7 bits a byte.</summary>
    public static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            yield return (byte)((value & 0x7F) | 0x80);
        yield return (byte)value;
    }

    private static ReadOnlyMemory<byte> HeadOf(int number, long length) =>
        (byte[])[.. Varint(((ulong)number << 3) | (ulong)ProtoType.Bytes), .. Varint((ulong)length)];
}
