using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Untag.Scan.Reading.Encodings;

/// <summary>Finds the encoding that a text says it is written in.</summary>
internal static partial class DeclaredEncoding
{
    private const int HeadBytes = 4096;

    /// <summary>The encoding that is declared, with its name as declared; null when none is, or one that this program
    /// does not have, or one of Unicode's, which the bytes have shown not to be true.</summary>
    public static (Encoding Encoding, string Name)? Of(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadBytes)]);
        foreach (var match in (ReadOnlySpan<Match>)[XmlDeclaration().Match(head), CodingLine().Match(head), Charset().Match(head)])
        {
            if (match.Success && OfName(match.Groups["name"].Value) is { } encoding)
                return (encoding, match.Groups["name"].Value);
        }

        return null;
    }

    // <?xml version="1.0" encoding="GB2312"?>
    [GeneratedRegex("^\\s*<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"'](?<name>[\\w.:-]{1,40})[\"']")]
    private static partial Regex XmlDeclaration();

    // # -*- coding: cp1251 -*-, and vim's fileencoding=; only in the first two lines, as Python has it.
    [GeneratedRegex("^(?:[^\\n]*\\n)?[^\\n]{0,200}?(?:coding[:=]|fenc=)[ \\t]*(?<name>[\\w.-]{1,40})")]
    private static partial Regex CodingLine();

    // <meta charset="gbk">, @charset "big5", Content-Type: text/plain; charset=KOI8-R
    [GeneratedRegex("charset\\s*=?\\s*[\"']?(?<name>[\\w.:-]{2,40})", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();

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
            var other => Number().Match(other) is { Success: true } number
                ? int.Parse(number.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
                : 0,
        };
        return codePage > 0 ? LegacyEncoding.OfCodePage(codePage) : LegacyEncoding.OfName(name);
    }

    [GeneratedRegex("^(?:cp|ms|windows-?|win-?|ibm-?)(?<number>[0-9]{3,5})$")]
    private static partial Regex Number();
}
