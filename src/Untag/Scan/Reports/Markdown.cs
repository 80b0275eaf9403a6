using System.Text;

namespace Untag.Scan.Reports;

/// <summary>Text from a product, for the Markdown of GitHub: nothing in it may become markup, a link, the end of a
/// table's cell, or the name of somebody who would be told.</summary>
internal static class Markdown
{
    private const int CharactersMax = 160;

    /// <summary>The text as code.</summary>
    public static string Code(string text)
    {
        // Both signs end what they stand in, whatever is written before them.
        var content = Harmless.Text(Shorten(text)).Replace('`', 'ˋ').Replace('|', '│');
        return content.Length == 0 ? "" : $"`{content}`";
    }

    /// <summary>The text as prose.</summary>
    public static string Prose(string text)
    {
        // Names and links are found in what is shown, so that no escape keeps them from it: an invisible sign does.
        var apart = Harmless.Text(Shorten(text))
            .Replace("@", "@\u2060", StringComparison.Ordinal)
            .Replace("#", "#\u2060", StringComparison.Ordinal)
            .Replace("://", ":\u2060//", StringComparison.Ordinal)
            .Replace("www.", "www\u2060.", StringComparison.OrdinalIgnoreCase);
        var result = new StringBuilder();
        foreach (var c in apart)
        {
            if (c is '&' or '<' or '>')
                result.Append("&#").Append((int)c).Append(';');
            else if (c is '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '#' or '|' or '~' or '$')
                result.Append('\\').Append(c);
            else
                result.Append(c);
        }

        return result.ToString();
    }

    private static string Shorten(string text) =>
        text.Length <= CharactersMax ? text : text[..(CharactersMax - 1)] + "…";
}
