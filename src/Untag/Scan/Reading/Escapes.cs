using System.Text;
using Untag.Scan.Matching;

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

            if (CharacterEscapes.TryRead(text[i..], out var rune, out var length))
            {
                result.Append(rune);
                i += length - 1;
                continue;
            }

            i++;
            result.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', var c => c });
        }

        return result.ToString();
    }
}
