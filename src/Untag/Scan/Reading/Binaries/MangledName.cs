using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Takes the names apart that compilers put together: <c>_ZNK7facesdk4Face7GetRaceEv</c> holds
/// <c>facesdk</c>, <c>Face</c> and <c>GetRace</c>.</summary>
/// <remarks>C++ of GCC and Clang, Rust and Swift write each identifier after its length; C++ of Microsoft ends each with
/// an at sign. The types between them are not needed to find a word.</remarks>
internal static class MangledName
{
    private static readonly string[] LengthPrefixes = ["_Z", "__Z", "___Z", "_R", "__R", "$s", "_$s", "$S", "_$S", "_T0"];

    /// <summary>The identifiers of a mangled name, joined as in source code; null for any other text.</summary>
    public static string? Identifiers(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('?'))
            return EndedBySigns(text);
        foreach (var prefix in LengthPrefixes)
        {
            if (text.StartsWith(prefix))
                return AfterLengths(text[prefix.Length..]);
        }

        return null;
    }

    private static string? AfterLengths(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsAsciiDigit(text[at]) || text[at] == '0')
            {
                at++;
                continue;
            }

            var length = 0;
            for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
                length = Math.Min(text.Length + 1, (length * 10) + text[at] - '0');
            if (length > 1 && length <= text.Length - at)
            {
                Append(result, text.Slice(at, length));
                at += length;
            }
        }

        return result.Length == 0 ? null : result.ToString();
    }

    private static string? EndedBySigns(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder();
        foreach (var range in text.Split('@'))
        {
            var part = text[range].TrimStart('?');
            if (part.Length > 2)
                Append(result, part);
        }

        return result.Length == 0 ? null : result.ToString();
    }

    private static void Append(StringBuilder result, ReadOnlySpan<char> identifier)
    {
        if (result.Length > 0)
            result.Append("::");
        result.Append(identifier);
    }
}
