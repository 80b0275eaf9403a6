using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>Reads the operands of a pickle's opcodes, one after the other.</summary>
internal sealed class PickleTape(ByteSource source)
{
    public ByteSource Source => source;

    /// <summary>Where the next byte stands.</summary>
    public long At { get; private set; }

    public bool IsAtEnd => At >= source.Length;

    public byte Byte() => source.Byte(At++);

    public long UInt16()
    {
        At += sizeof(ushort);
        return source.UInt16(At - sizeof(ushort));
    }

    public long UInt32()
    {
        At += sizeof(uint);
        return source.UInt32(At - sizeof(uint));
    }

    public long Int32()
    {
        At += sizeof(int);
        return source.Int32(At - sizeof(int));
    }

    /// <summary>A size of 8 bytes; -1 when no file can have it.</summary>
    public long Size()
    {
        At += sizeof(ulong);
        return source.Int64(At - sizeof(ulong));
    }

    public void Skip(long length)
    {
        if (source.Holds(At, length))
            At += length;
    }

    /// <summary>The place of a text of this length, which is passed over.</summary>
    public PickleText Text(long length, PickleForm form)
    {
        var start = At;
        Skip(length);
        return new PickleText(start, source.IsDamaged ? 0 : length, form);
    }

    /// <summary>The place of the text up to the end of the line.</summary>
    public PickleText LineText(PickleForm form)
    {
        var start = At;
        while (!source.IsDamaged)
        {
            if (source.Byte(At++) == (byte)'\n')
                return new PickleText(start, At - 1 - start, form);
        }

        return new PickleText(start, 0, form);
    }

    public string Line() => Text(LineText(PickleForm.Utf8));

    /// <summary>An integer of this many bytes; nothing when it is larger than 8.</summary>
    public PickleValue Integer(long length)
    {
        var start = At;
        Skip(length);
        if (source.IsDamaged || length > sizeof(long))
            return PickleValue.Nothing;
        long value = 0;
        for (var i = length - 1; i >= 0; i--)
            value = unchecked((value << 8) | source.Byte(start + i));
        var unused = (sizeof(long) - (int)length) * 8;
        return new PickleNumber(length == 0 ? 0 : unchecked(value << unused) >> unused);
    }

    /// <summary>An integer written as a line of digits.</summary>
    public PickleValue DecimalLine() =>
        long.TryParse(Line().TrimEnd('L', '\r'), CultureInfo.InvariantCulture, out var value)
            ? new PickleNumber(value)
            : PickleValue.Nothing;

    /// <summary>The characters of a text.</summary>
    public string Text(PickleText text) => text.Form switch
    {
        PickleForm.Quoted => Decoded(Literal(text)),
        PickleForm.Escaped => Escapes.Resolve(Encoding.Latin1.GetString(source.Bytes(text.Start, text.Length))),
        _ => Decoded(source.Bytes(text.Start, text.Length)),
    };

    /// <summary>The bytes that a text stands for. Where Python 3 writes the bytes of Python 2 or of an old protocol, it
    /// writes each as the letter with its number.</summary>
    public byte[] Bytes(PickleText text) => text.Form switch
    {
        PickleForm.Bytes => source.Bytes(text.Start, text.Length),
        PickleForm.Quoted => Encoding.Latin1.GetBytes(Literal(text)),
        _ => Encoding.Latin1.GetBytes(Text(text)),
    };

    // What a program for one alphabet wrote is not UTF-8: its ASCII letters are right in either case.
    // Escaped bytes are characters of Latin-1, unless they were already seen to be UTF-8.
    private static string Decoded(string literal) =>
        literal.All(c => c <= 0xFF) ? Decoded(Encoding.Latin1.GetBytes(literal)) : literal;

    private static string Decoded(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private string Literal(PickleText text)
    {
        var literal = Encoding.Latin1.GetString(source.Bytes(text.Start, text.Length)).Trim();
        var isQuoted = literal.Length >= 2 && literal[0] is '\'' or '"' && literal[^1] == literal[0];
        return Escapes.Resolve(isQuoted ? literal[1..^1] : literal);
    }
}
