using System.Buffers;
using System.Globalization;
using System.Text;

namespace Untag.Scan.Matching;

/// <summary>The ways in which languages, pages and addresses write one character by its number:
/// <c>\u0072</c>, <c>\u{72}</c>, <c>\U00000072</c>, <c>\U0072</c>, <c>\x72</c>, <c>\162</c>, <c>&amp;#114;</c>, <c>&amp;#x72;</c>,
/// <c>%72</c>; several bytes in a row, such as <c>\xE7\xA7\x8D</c>, are one character of UTF-8.</summary>
internal static class CharacterEscapes
{
    private const int Utf8BytesMax = 4;

    private static readonly SearchValues<char> FirstCharacters = SearchValues.Create("\\&%");

    /// <summary>True when a character that could be a letter may be written by its number at the beginning of these bytes.
    /// </summary>
    public static bool MayBeginAt(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 2 && MayBegin((char)bytes[0], (char)bytes[1], (char)bytes[2]);

    /// <summary>Where in a text a character that could be a letter may first be written by its number; -1 when nowhere.
    /// </summary>
    public static int FirstIn(ReadOnlySpan<char> text)
    {
        for (var at = 0; text[at..].IndexOfAny(FirstCharacters) is var next and >= 0; at++)
        {
            at += next;
            if (at + 2 >= text.Length)
                return -1;
            if (MayBegin(text[at], text[at + 1], text[at + 2]))
                return at;
        }

        return -1;
    }

    /// <summary>Reads the escape that the text begins with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rune">The character.</param>
    /// <param name="length">Number of characters that it is written with.</param>
    /// <returns>False when the text does not begin with one.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out Rune rune, out int length)
    {
        rune = default;
        length = 0;
        if (text.Length < 3)
            return false;
        return text[0] switch
        {
            '\\' when text[1] is 'u' => TryReadUtf16(text, out rune, out length),
            '\\' when text[1] is 'U' => TryReadDigits(text, 2, 8, out rune, out length)
                || TryReadDigits(text, 2, 4, out rune, out length), // Apple writes four digits
            '\\' when text[1] is 'x' && text[2] == '{' => TryReadBraces(text, out rune, out length),
            '\\' or '%' => TryReadBytes(text, out rune, out length),
            '&' when text[1] == '#' => TryReadReference(text, out rune, out length),
            _ => false,
        };
    }

    // 4 to 7 are the first digits of the ASCII letters; from 8 on it is a byte of UTF-8.
    private static bool MayBegin(char first, char second, char third) => first switch
    {
        '\\' => second is 'u' or 'U' || (second == 'x' && (third == '{' || IsHighDigit(third)))
            || (second is >= '1' and <= '3' && third is >= '0' and <= '7'),
        '&' => second == '#',
        _ => second == 'u' || (IsHighDigit(second) && char.IsAsciiHexDigit(third)),
    };

    private static bool IsHighDigit(char c) => char.IsAsciiHexDigit(c) && c >= '4';

    private static bool TryReadUtf16(ReadOnlySpan<char> text, out Rune rune, out int length)
    {
        if (text[2] == '{')
            return TryReadBraces(text, out rune, out length);
        rune = default;
        if (!TryUnit(text, out var first, out length))
            return false;
        if (Rune.TryCreate(first, out rune))
            return true;
        if (!TryUnit(text[length..], out var second, out var more) || !Rune.TryCreate(first, second, out rune))
            return false;
        length += more;
        return true;
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out char unit, out int length)
    {
        const int Length = 6;
        unit = default;
        length = Length;
        if (text.Length < Length || text[0] != '\\' || text[1] != 'u' || !TryHex(text[2..Length], out var value))
            return false;
        unit = (char)value;
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<char> text, int start, int count, out Rune rune, out int length)
    {
        rune = default;
        length = start + count;
        return text.Length >= length && TryHex(text[start..length], out var value) && Rune.TryCreate(value, out rune);
    }

    private static bool TryReadBraces(ReadOnlySpan<char> text, out Rune rune, out int length)
    {
        const int DigitsMax = 8;
        rune = default;
        var digits = text[3..Math.Min(text.Length, 3 + DigitsMax + 1)].IndexOf('}');
        length = digits + 4;
        return digits > 0 && TryHex(text.Slice(3, digits), out var value) && Rune.TryCreate(value, out rune);
    }

    private static bool TryReadReference(ReadOnlySpan<char> text, out Rune rune, out int length)
    {
        const int DigitsMax = 8;
        rune = default;
        var isHex = text[2] is 'x' or 'X';
        length = isHex ? 3 : 2;
        var start = length;
        while (length < text.Length && length - start < DigitsMax
            && (isHex ? char.IsAsciiHexDigit(text[length]) : char.IsAsciiDigit(text[length])))
            length++;
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!uint.TryParse(text[start..length], style, CultureInfo.InvariantCulture, out var value)
            || !Rune.TryCreate(value, out rune))
            return false;
        if (length < text.Length && text[length] == ';')
            length++; // pages show it without as well
        return true;
    }

    // One byte, or as many as make a character of UTF-8; a byte that is none is one of Latin-1.
    private static bool TryReadBytes(ReadOnlySpan<char> text, out Rune rune, out int length)
    {
        rune = default;
        if (!TryByte(text, out var first, out length))
            return text[0] == '%' && text[1] == 'u' && text.Length >= 6 && TryReadDigits(text, 2, 4, out rune, out length);
        if (first < 0x80)
            return Rune.TryCreate((uint)first, out rune);
        Span<byte> bytes = stackalloc byte[Utf8BytesMax];
        bytes[0] = first;
        var count = 1;
        var end = length;
        while (count < Utf8BytesMax && TryByte(text[end..], out bytes[count], out var more))
        {
            end += more;
            count++;
        }

        if (Rune.DecodeFromUtf8(bytes[..count], out rune, out var used) == OperationStatus.Done)
        {
            length = end / count * used; // all forms of a byte in one text are equally long
            return true;
        }

        rune = new Rune((char)first);
        return true;
    }

    /// <summary>Reads the escape of one byte, such as <c>\xE7</c>, that the text begins with.</summary>
    public static bool TryByte(ReadOnlySpan<char> text, out byte value, out int length)
    {
        value = 0;
        length = text.Length > 0 && text[0] == '%' ? 3 : 4;
        if (text.Length < length || text[0] is not ('\\' or '%'))
            return false;
        if (text[0] == '%')
            return byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        if (text[1] == 'x')
            return byte.TryParse(text[2..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        if (text[1] is < '0' or > '3' || text[2] is < '0' or > '7' || text[3] is < '0' or > '7')
            return false;
        value = (byte)(((text[1] - '0') << 6) | ((text[2] - '0') << 3) | (text[3] - '0'));
        return true;
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out uint value) =>
        uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
