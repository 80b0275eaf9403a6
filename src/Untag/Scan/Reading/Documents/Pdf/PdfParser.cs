using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>Reads values from bytes. Damage ends a value early; it is never an exception.</summary>
/// <param name="bytes">The bytes of a file, or of an unpacked stream.</param>
/// <param name="at">Where to begin.</param>
internal ref struct PdfParser(ReadOnlySpan<byte> bytes, int at)
{
    private const int DepthMax = 64;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Where the next value begins.</summary>
    public int At { get; private set; } = at;

    /// <summary>The next value; null at the end, or at a closing bracket that nothing opened.</summary>
    public PdfValue? Read() => Read(depth: 0);

    /// <summary>Moves behind blanks and comments.</summary>
    public void SkipBlanks()
    {
        while (At < bytes.Length)
        {
            if (IsBlank(bytes[At]))
                At++;
            else if (bytes[At] == '%')
                At = EndOfLine();
            else
                return;
        }
    }

    /// <summary>Moves behind the given bytes; false when others stand here.</summary>
    public bool TrySkip(ReadOnlySpan<byte> expected)
    {
        if (!bytes[At..].StartsWith(expected))
            return false;
        At += expected.Length;
        return true;
    }

    public static bool IsBlank(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private PdfValue? Read(int depth)
    {
        SkipBlanks();
        if (At >= bytes.Length || depth > DepthMax)
            return null;
        switch (bytes[At])
        {
            case (byte)'/':
                return new PdfValue.Name(ReadName());
            case (byte)'(':
                return new PdfValue.Text(ReadString());
            case (byte)'<' when At + 1 < bytes.Length && bytes[At + 1] == '<':
                return ReadEntries(depth);
            case (byte)'<':
                return new PdfValue.Text(ReadHex());
            case (byte)'[':
                return ReadItems(depth);
            case (byte)']' or (byte)'>' or (byte)')' or (byte)'{' or (byte)'}':
                return null;
            default:
                return ReadPlain();
        }
    }

    private PdfValue.Items ReadItems(int depth)
    {
        var items = new List<PdfValue>();
        At++;
        while (Read(depth + 1) is { } item)
        {
            if (item is PdfValue.Word { Value: "R" } && items is [.., PdfValue.Number number, PdfValue.Number])
            {
                items.RemoveRange(items.Count - 2, 2);
                item = new PdfValue.Reference(ToInt(number.Value));
            }

            items.Add(item);
        }

        Close((byte)']');
        return new PdfValue.Items(items);
    }

    private PdfValue.Entries ReadEntries(int depth)
    {
        var entries = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        var key = "";
        At += 2;
        var waiting = new List<PdfValue>();
        while (Read(depth + 1) is { } value)
        {
            if (value is PdfValue.Word { Value: "R" } && waiting is [.., PdfValue.Number number, PdfValue.Number])
            {
                waiting.Clear();
                waiting.Add(new PdfValue.Reference(ToInt(number.Value)));
            }
            else if (value is PdfValue.Name name && (key.Length == 0 || waiting.Count > 0))
            {
                Keep(entries, key, waiting);
                key = name.Value;
            }
            else
            {
                waiting.Add(value);
            }
        }

        Keep(entries, key, waiting);
        Close((byte)'>');
        Close((byte)'>');
        return new PdfValue.Entries(entries);
    }

    private static void Keep(Dictionary<string, PdfValue> entries, string key, List<PdfValue> values)
    {
        if (key.Length > 0 && values.Count > 0)
            entries[key] = values[0];
        values.Clear();
    }

    private void Close(byte bracket)
    {
        if (At < bytes.Length && bytes[At] == bracket)
            At++;
    }

    // `#20` stands for a blank.
    private string ReadName()
    {
        var start = ++At;
        while (At < bytes.Length && !IsBlank(bytes[At]) && !IsDelimiter(bytes[At]))
            At++;
        var name = bytes[start..At];
        if (!name.Contains((byte)'#'))
            return Encoding.Latin1.GetString(name);
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '#' && i + 2 < name.Length && char.IsAsciiHexDigit((char)name[i + 1]) && char.IsAsciiHexDigit((char)name[i + 2]))
            {
                text.Append((char)((Digit(name[i + 1]) << 4) | Digit(name[i + 2])));
                i += 2;
            }
            else
            {
                text.Append((char)name[i]);
            }
        }

        return text.ToString();
    }

    private byte[] ReadString()
    {
        var content = new List<byte>();
        var open = 1;
        At++;
        while (At < bytes.Length)
        {
            var next = bytes[At++];
            if (next == '\\')
            {
                ReadEscape(content);
                continue;
            }

            open += next == '(' ? 1 : next == ')' ? -1 : 0;
            if (open == 0)
                break;
            content.Add(next);
        }

        return [.. content];
    }

    private void ReadEscape(List<byte> content)
    {
        if (At >= bytes.Length)
            return;
        var next = bytes[At++];
        switch (next)
        {
            case (byte)'n':
                content.Add(10);
                break;
            case (byte)'r':
                content.Add(13);
                break;
            case (byte)'t':
                content.Add(9);
                break;
            case (byte)'b' or (byte)'f':
                content.Add(32);
                break;
            case 13:
                if (At < bytes.Length && bytes[At] == 10)
                    At++;
                break;
            case 10:
                break; // the string goes on in the next line
            case >= (byte)'0' and <= (byte)'7':
                var code = next - '0';
                for (var digits = 1; digits < 3 && At < bytes.Length && bytes[At] is >= (byte)'0' and <= (byte)'7'; digits++)
                    code = (code * 8) + (bytes[At++] - '0');
                content.Add((byte)(code & 0xFF));
                break;
            default:
                content.Add(next);
                break;
        }
    }

    private byte[] ReadHex()
    {
        var content = new List<byte>();
        var high = -1;
        At++;
        while (At < bytes.Length && bytes[At] != '>')
        {
            var c = bytes[At++];
            if (!char.IsAsciiHexDigit((char)c))
                continue;
            if (high < 0)
            {
                high = Digit(c);
                continue;
            }

            content.Add((byte)((high << 4) | Digit(c)));
            high = -1;
        }

        if (high >= 0)
            content.Add((byte)(high << 4));
        Close((byte)'>');
        return [.. content];
    }

    private PdfValue ReadPlain()
    {
        var start = At;
        while (At < bytes.Length && !IsBlank(bytes[At]) && !IsDelimiter(bytes[At]))
            At++;
        var word = bytes[start..At];
        if (word[0] is (byte)'+' or (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9')
            && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return new PdfValue.Number(number);
        return word.SequenceEqual("null"u8) ? new PdfValue.Nothing() : new PdfValue.Word(Encoding.Latin1.GetString(word));
    }

    private readonly int EndOfLine()
    {
        var length = bytes[At..].IndexOfAny((byte)10, (byte)13);
        return length < 0 ? bytes.Length : At + length;
    }

    /// <summary>A number as an index; one that is none becomes -1.</summary>
    public static int ToInt(double number) => number is >= 0 and <= int.MaxValue ? (int)number : -1;

    private static bool IsDelimiter(byte b) => "()<>[]{}/%"u8.Contains(b);

    private static int Digit(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
