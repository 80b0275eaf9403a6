using System.Net;

namespace Untag.Scan.Reading.Tables;

/// <summary>Reads the header of a table in HTML, as a notebook shows a data frame.</summary>
internal static class HtmlTable
{
    /// <summary>The names of the columns: the cells of the head, or the header cells of the first row.</summary>
    public static IEnumerable<string> Header(string html)
    {
        var start = html.IndexOf("<table", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            yield break;
        // A header cell further down names a row: with the name of a person, it may be.
        var end = html.IndexOf("</thead", start, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
            end = html.IndexOf("</tr", start, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
            end = html.Length;
        var at = start;
        while ((at = html.IndexOf("<th", at, end - at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            var open = html.IndexOf('>', at, end - at);
            var close = open < 0 ? -1 : html.IndexOf('<', open, end - open);
            if (close < 0)
                yield break;
            var name = WebUtility.HtmlDecode(html[(open + 1)..close]).Trim();
            if (name.Length > 0)
                yield return name;
            at = close;
        }
    }
}
