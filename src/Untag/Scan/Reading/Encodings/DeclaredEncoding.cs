using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Encodings;

/// <summary>Finds the encoding that a text says it is written in.</summary>
internal static class DeclaredEncoding
{
    private const int HeadBytes = 4096;

    private const int NameCharactersMax = 40;

    /// <summary>The encoding that is declared, with its name as declared; null when none is, or one that this program
    /// does not have, or one of Unicode's, which the bytes have shown not to be true.</summary>
    public static (Encoding Encoding, string Name)? Of(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadBytes)]);
        foreach (var name in (ReadOnlySpan<string?>)[InXmlDeclaration(head), InCodingLine(head), InCharset(head)])
        {
            if (name is not null && OfName(name) is { } encoding)
                return (encoding, name);
        }

        return null;
    }

    // <?xml version="1.0" encoding="GB2312"?>
    private static string? InXmlDeclaration(string head)
    {
        var text = head.TrimStart();
        var end = text.IndexOf('>');
        return text.StartsWith("<?xml", StringComparison.Ordinal) && end > 0 ? NameAfter(text[..end], "encoding") : null;
    }

    // # -*- coding: cp1251 -*-, and vim's fileencoding=; only in the first two lines, as Python has it.
    private static string? InCodingLine(string head)
    {
        foreach (var line in head.Split('\n', 3).Take(2))
        {
            foreach (var mark in (ReadOnlySpan<string>)["coding:", "coding=", "fenc="])
            {
                if (NameAfter(line, mark) is { } name)
                    return name;
            }
        }

        return null;
    }

    // <meta charset="gbk">, @charset "big5", Content-Type: text/plain; charset=KOI8-R
    private static string? InCharset(string head) => NameAfter(head, "charset");

    // The name that follows the first mark with one: blanks, an equals sign and a quote may stand between.
    private static string? NameAfter(string text, string mark)
    {
        for (var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(mark, at + mark.Length, StringComparison.OrdinalIgnoreCase))
        {
            var start = at + mark.Length;
            while (start < text.Length && text[start] is (' ' or '\t' or '=' or '"' or '\''))
                start++;
            var end = start;
            while (end < text.Length && end - start < NameCharactersMax
                && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_' or ':' or '-'))
                end++;
            if (end - start >= 2)
                return text[start..end];
        }

        return null;
    }

    private static Encoding? OfName(string name)
    {
        // The registered meaning of some names is narrower than what is written under them.
        var codePage = name.ToLowerInvariant() switch
        {
            "gb2312" or "gbk" or "gb_2312-80" or "gb18030" or "x-gbk" => 54936,
            "iso-8859-1" or "iso8859-1" or "latin-1" or "latin1" or "iso_8859-1" => 1252,
            "iso-8859-9" or "latin5" or "latin-5" => 1254,
            "sjis" or "shift-jis" or "x-sjis" or "ms_kanji" => 932,
            "euc_jp" or "eucjp" or "ujis" => 51932,
            "euc-kr" or "euc_kr" or "euckr" or "uhc" or "ksc5601" or "ks_c_5601-1987" => 949,
            "koi8" or "koi8r" or "koi8_r" => 20866,
            var other => CodePageNumber(other),
        };
        return codePage > 0 ? LegacyEncoding.OfCodePage(codePage) : LegacyEncoding.OfName(name);
    }

    // cp1251, windows-1251, win1251, ibm866
    private static int CodePageNumber(string name)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["cp", "ms", "windows", "win", "ibm"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)
                && name[prefix.Length..].TrimStart('-') is { Length: >= 3 and <= 5 } digits
                && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
        }

        return 0;
    }
}
