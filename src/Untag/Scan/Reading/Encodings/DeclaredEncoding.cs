using System.Text;

namespace Untag.Scan.Reading.Encodings;

/// <summary>Finds the encoding that a text says it is written in.</summary>
internal static class DeclaredEncoding
{
    private const int HeadBytes = 4096;

    private const int NameCharactersMax = 40;

    /// <summary>The encoding that is declared; null when none is, or one that this program
    /// does not have, or one of Unicode's, which the bytes have shown not to be true.</summary>
    public static LegacyEncoding? Of(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadBytes)]);
        foreach (var name in (ReadOnlySpan<string?>)[InXmlDeclaration(head), InCodingLine(head), InCharset(head)])
        {
            if (name is not null && OfName(name) is { } encoding)
                return encoding;
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

    // Names are written in many ways, and the registered meaning of some is narrower than what is written under them.
    private static LegacyEncoding? OfName(string name)
    {
        var plain = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        var known = plain switch
        {
            "gb2312" or "gbk" or "gb231280" or "gb18030" or "xgbk" or "cp936" or "ms936" or "windows936" or "euccn" => "GB18030",
            "big5" or "big5hkscs" or "cp950" or "ms950" or "windows950" => "Big5",
            "shiftjis" or "sjis" or "xsjis" or "mskanji" or "cp932" or "ms932" or "windows31j" or "windows932" => "Shift_JIS",
            "eucjp" or "ujis" or "cp51932" => "EUC-JP",
            "euckr" or "uhc" or "ksc5601" or "ksc56011987" or "cp949" or "ms949" or "windows949" => "EUC-KR",
            "iso88591" or "latin1" or "cp1252" or "win1252" or "windows1252" => "windows-1252",
            "iso88599" or "latin5" or "cp1254" or "win1254" or "windows1254" => "windows-1254",
            "koi8" or "koi8r" => "KOI8-R",
            "tis620" or "iso885911" or "cp874" or "windows874" => "windows-874",
            _ => null,
        };
        if (known is not null)
            return Array.Find(LegacyEncoding.All, legacy => legacy.Name == known);
        foreach (var table in EncodingTables.SingleNames)
        {
            var number = string.Concat(table.Where(char.IsAsciiDigit));
            if (plain == table.Replace("-", "", StringComparison.Ordinal) || plain == "cp" + number || plain == "win" + number)
                return new LegacyEncoding(table, ByteForm.Single, table);
        }

        return null;
    }
}
