using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>The text of the glyphs of simple fonts.</summary>
internal static class PdfGlyphs
{
    // Windows-1252 from 128 to 159, the only part in which it is not Latin 1; a question mark where it has nothing.
    private const string Windows = "€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ";

    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["space"] = " ", ["hyphen"] = "-", ["minus"] = "-", ["period"] = ".", ["comma"] = ",", ["colon"] = ":", ["semicolon"] = ";",
        ["slash"] = "/", ["backslash"] = "\\", ["underscore"] = "_", ["parenleft"] = "(", ["parenright"] = ")",
        ["bracketleft"] = "[", ["bracketright"] = "]", ["braceleft"] = "{", ["braceright"] = "}", ["equal"] = "=", ["plus"] = "+",
        ["asterisk"] = "*", ["ampersand"] = "&", ["percent"] = "%", ["at"] = "@", ["numbersign"] = "#", ["question"] = "?",
        ["exclam"] = "!", ["quotesingle"] = "'", ["quotedbl"] = "\"", ["quoteleft"] = "‘", ["quoteright"] = "’",
        ["quotedblleft"] = "“", ["quotedblright"] = "”", ["endash"] = "–", ["emdash"] = "—", ["bullet"] = "•", ["ellipsis"] = "…",
        ["less"] = "<", ["greater"] = ">", ["bar"] = "|", ["zero"] = "0", ["one"] = "1", ["two"] = "2", ["three"] = "3",
        ["four"] = "4", ["five"] = "5", ["six"] = "6", ["seven"] = "7", ["eight"] = "8", ["nine"] = "9", ["ff"] = "ff", ["fi"] = "fi",
        ["fl"] = "fl", ["ffi"] = "ffi", ["ffl"] = "ffl", ["germandbls"] = "ß", ["ae"] = "æ", ["AE"] = "Æ", ["oe"] = "œ", ["OE"] = "Œ",
        ["oslash"] = "ø", ["Oslash"] = "Ø", ["dotlessi"] = "ı", ["lslash"] = "ł", ["Lslash"] = "Ł",
    };

    // `eacute` is e with an acute accent.
    private static readonly Dictionary<string, char> Accents = new(StringComparer.Ordinal)
    {
        ["grave"] = '\u0300', ["acute"] = '\u0301', ["circumflex"] = '\u0302', ["tilde"] = '\u0303', ["dieresis"] = '\u0308',
        ["ring"] = '\u030A', ["cedilla"] = '\u0327', ["caron"] = '\u030C', ["breve"] = '\u0306', ["ogonek"] = '\u0328',
        ["macron"] = '\u0304', ["dotaccent"] = '\u0307',
    };

    /// <summary>The text of a code in the encoding that most simple fonts have.</summary>
    public static string? TextOf(int code) => code switch
    {
        9 or 10 or 13 => " ",
        < 32 => null,
        >= 128 and < 160 => Windows[code - 128] == '?' ? null : char.ToString(Windows[code - 128]),
        _ => char.ToString((char)code),
    };

    /// <summary>The text of a glyph by its name; null for a name that says nothing.</summary>
    public static string? TextOf(string glyph)
    {
        var name = glyph.IndexOf('.') is var cut and > 0 ? glyph[..cut] : glyph; // `a.sc` is a small capital
        if (name.Length == 1)
            return name;
        if (Named.TryGetValue(name, out var text))
            return text;
        if (Accents.TryGetValue(name[Math.Min(1, name.Length)..], out var accent) && char.IsAsciiLetter(name[0]))
            return string.Concat(name.AsSpan(0, 1), [accent]);
        var digits = name.StartsWith("uni", StringComparison.Ordinal) ? name[3..Math.Min(7, name.Length)]
            : name.StartsWith('u') ? name[1..]
            : "";
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
            ? new Rune(code).ToString()
            : null;
    }
}
