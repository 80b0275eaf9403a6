using System.Text;
using Untag.Scan.Matching;

namespace Untag.Scan.Reading;

/// <summary>Resolves the escapes that the languages share, so that <c>"\u0072ace"</c> is read as <c>race</c>.</summary>
internal static class Escapes
{
    /// <summary>The bytes of a string whose escapes are bytes, not characters, such as one of Python 2.</summary>
    /// <param name="text">The string, each of whose characters is a byte.</param>
    public static byte[] ResolveBytes(ReadOnlySpan<char> text)
    {
        var result = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Add((byte)text[i]);
            }
            else if (CharacterEscapes.TryByte(text[i..], out var value, out var length))
            {
                result.Add(value);
                i += length - 1;
            }
            else
            {
                result.Add((byte)OfLetter(text[++i]));
            }
        }

        return [.. result];
    }

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
            result.Append(OfLetter(text[i]));
        }

        return result.ToString();
    }

    private static char OfLetter(char letter) =>
        letter switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', _ => letter };
}
