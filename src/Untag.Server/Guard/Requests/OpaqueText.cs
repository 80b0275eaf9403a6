using System.Buffers;

namespace Untag.Server.Guard.Requests;

/// <summary>A long run of letters and digits, such as a picture in base64: nothing is asked in it.</summary>
internal static class OpaqueText
{
    private const int LettersMin = 256;

    // Base64 that is divided into lines has 64 or 76 letters in each; a list of words has fewer.
    private const int LineMin = 32;

    // What stands around a word does not make it long.
    private const string Around = " \t\r\n+/-_=";

    private const string All = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=";

    private static readonly SearchValues<char> Letters = SearchValues.Create(All);

    private static readonly SearchValues<byte> LetterBytes = SearchValues.Create([.. All.Select(letter => (byte)letter)]);

    /// <summary>True for such a run.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("data:") && text.IndexOf(',') is > 0 and < 100 and var comma)
            text = text[(comma + 1)..];
        text = text.Trim(Around);
        if (text.Length < LettersMin)
            return false;
        foreach (var range in text.SplitAny('\r', '\n'))
        {
            var line = text[range];
            var isLast = range.End.Value == text.Length;
            if ((line.Length is > 0 and < LineMin && !isLast) || line.ContainsAnyExcept(Letters))
                return false;
        }

        return true;
    }

    /// <summary>True for such a run without lines.</summary>
    public static bool Is(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n+/-_="u8);
        return text.Length >= LettersMin && !text.ContainsAnyExcept(LetterBytes);
    }
}
