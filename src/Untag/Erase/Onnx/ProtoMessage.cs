using System.Buffers.Binary;

namespace Untag.Erase.Onnx;

/// <summary>A message of Protocol Buffers as its fields, in their order. What is not changed is written as it was read, byte by byte:
/// also fields that nobody here knows, and numbers that are spelt longer than they need be.</summary>
internal sealed class ProtoMessage(params IReadOnlyList<ProtoField> fields)
{
    private const int FieldNumberMax = (1 << 29) - 1;

    /// <summary>The fields.</summary>
    public IReadOnlyList<ProtoField> Fields => fields;

    /// <summary>Bytes of the message.</summary>
    public long Length { get; } = fields.Sum(field => field.Length);

    /// <summary>Reads the fields of a message, and not what they hold.</summary>
    /// <exception cref="InvalidDataException">It is no message, or it is cut.</exception>
    public static ProtoMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var fields = new List<ProtoField>();
        for (var at = 0; at < bytes.Length;)
        {
            var begin = at;
            var tag = ReadVarint(bytes.Span, ref at);
            var (number, type) = (tag >> 3, (ProtoType)(tag & 7));
            if (number is 0 or > FieldNumberMax)
                throw new InvalidDataException();
            ulong value = 0;
            var content = ReadOnlyMemory<byte>.Empty;
            switch (type)
            {
                case ProtoType.Varint:
                    value = ReadVarint(bytes.Span, ref at);
                    break;
                case ProtoType.Fixed64 when bytes.Length - at >= sizeof(ulong):
                    value = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[at..]);
                    at += sizeof(ulong);
                    break;
                case ProtoType.Fixed32 when bytes.Length - at >= sizeof(uint):
                    value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]);
                    at += sizeof(uint);
                    break;
                case ProtoType.Bytes:
                    var length = ReadVarint(bytes.Span, ref at);
                    if (length > (ulong)(bytes.Length - at))
                        throw new InvalidDataException();
                    content = bytes.Slice(at, (int)length);
                    at += (int)length;
                    break;
                default:
                    throw new InvalidDataException();
            }

            fields.Add(new ProtoField((int)number, type, value, bytes[begin..(at - content.Length)], content, null));
        }

        return new ProtoMessage(fields);
    }

    /// <summary>Reads a number of 7 bits a byte.</summary>
    /// <exception cref="InvalidDataException">It does not end.</exception>
    public static ulong ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException();
    }

    /// <summary>The fields of a number that hold bytes, a text or a message.</summary>
    public IEnumerable<ProtoField> All(int number) => fields.Where(field => field.Is(number));

    /// <summary>The text of a field that stands once; empty when it is not there.</summary>
    public string Text(int number) => fields.LastOrDefault(field => field.Is(number)) is { Head.Length: > 0 } last ? last.Text : "";

    /// <summary>The whole number of a field that stands once.</summary>
    public ulong? Number(int number) =>
        fields.LastOrDefault(field => field.Number == number && field.Type == ProtoType.Varint) is { Head.Length: > 0 } last ? last.Value : null;

    /// <summary>The same message with some fields as others.</summary>
    /// <param name="change">Gives what comes in place of a field; null for the field itself.</param>
    /// <returns>Null when nothing changes.</returns>
    public ProtoMessage? Changed(Func<ProtoField, ProtoField?> change)
    {
        List<ProtoField>? changed = null;
        for (var i = 0; i < fields.Count; i++)
        {
            if (change(fields[i]) is not { } other)
                continue;
            changed ??= [.. fields];
            changed[i] = other;
        }

        return changed is null ? null : new ProtoMessage(changed);
    }

    /// <summary>The same message with more fields behind the last of their number, or at its end.</summary>
    public ProtoMessage With(ProtoField field)
    {
        var at = fields.Count;
        for (var i = 0; i < fields.Count; i++)
            at = fields[i].Number == field.Number ? i + 1 : at;
        return new ProtoMessage([.. fields.Take(at), field, .. fields.Skip(at)]);
    }

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream output)
    {
        foreach (var field in fields)
            field.WriteTo(output);
    }
}
