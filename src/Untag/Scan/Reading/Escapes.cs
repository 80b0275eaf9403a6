using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading;

/// <summary>Resolves the escapes that the languages share, so that <c>"\u0072ace"</c> is read as <c>race</c>.</summary>
internal static class Escapes
{
    /// <summary>The text without escapes; one that is not understood stays as it is, without its backslash.</summary>
    public static string Resolve(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            var digits = text[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0 && TryCode(text[(i + 1)..], digits, out var rune, out var length))
            {
                result.Append(rune);
                i += length;
            }
            else
            {
                result.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', var c => c });
            }
        }

        return result.ToString();
    }

    // \u0072, and the form in braces: \u{72}.
    private static bool TryCode(ReadOnlySpan<char> text, int digits, out Rune rune, out int length)
    {
        rune = default;
        length = digits;
        var code = text;
        if (text.StartsWith("{"))
        {
            var end = text[..Math.Min(text.Length, "{0010FFFF}".Length)].IndexOf('}');
            if (end < 0)
                return false;
            length = end + 1;
            code = text[1..end];
        }
        else
        {
            if (text.Length < digits)
                return false;
            code = text[..digits];
        }

        return uint.TryParse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && Rune.TryCreate(value, out rune);
    }
}
