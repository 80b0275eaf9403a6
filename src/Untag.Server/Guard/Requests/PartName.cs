using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Untag.Server.Guard.Requests;

/// <summary>What a part of a form is called, in all the ways in which services read it.</summary>
/// <param name="Names">Its names; empty for none.</param>
/// <param name="IsClear">False when services could choose among several.</param>
/// <param name="IsFile">True when it says what a file is called.</param>
internal sealed partial record PartName(IReadOnlyList<string> Names, bool IsClear, bool IsFile)
{
    private const string Extended = "UTF-8'";

    /// <summary>Reads the header <c>Content-Disposition</c>.</summary>
    /// <param name="header">Its value; null without one.</param>
    public static PartName Of(string? header)
    {
        List<(string Name, StringSegment Value)> parameters = ContentDispositionHeaderValue.TryParse(header, out var read)
            ? [.. read.Parameters.Select(parameter => (parameter.Name.ToString(), parameter.Value))]
            : [.. Parameter().Matches(header ?? "").Select(match => (match.Groups[1].Value, new StringSegment(match.Groups[2].Value.Trim())))];
        var names = new List<string>();
        var isClear = parameters.Count(parameter => IsName(parameter.Name)) <= 1;
        foreach (var (name, value) in parameters.Where(parameter => IsName(parameter.Name)))
        {
            var plain = HeaderUtilities.RemoveQuotes(value).ToString();
            if (name.Length == "name".Length)
            {
                // Of a backslash some take away what the standard does, and others nothing.
                names.AddRange(plain.Contains('\\', StringComparison.Ordinal) ? [plain, plain.Replace("\\", "", StringComparison.Ordinal)] : [plain]);
                continue;
            }

            // `name*=UTF-8''ethnicity`, of RFC 8187; a name that is divided over parameters is not put together
            isClear &= name.Length == "name*".Length && plain.StartsWith(Extended, StringComparison.OrdinalIgnoreCase);
            names.Add(Uri.UnescapeDataString(plain[(plain.LastIndexOf('\'') + 1)..]));
        }

        return new PartName(names, isClear, parameters.Exists(IsFileName));
    }

    private static bool IsName(string parameter) =>
        parameter.Equals("name", StringComparison.OrdinalIgnoreCase) || parameter.StartsWith("name*", StringComparison.OrdinalIgnoreCase);

    private static bool IsFileName((string Name, StringSegment Value) parameter) =>
        parameter.Name.StartsWith("filename", StringComparison.OrdinalIgnoreCase) && HeaderUtilities.RemoveQuotes(parameter.Value).Length > 0;

    // Of a header that is damaged all that looks like one; clients leave out the quotation marks of a file with blanks in its name.
    [GeneratedRegex("""(?<![\w*-])((?:file)?name(?:\*[0-9]*\*?)?)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}
