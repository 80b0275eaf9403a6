namespace Untag.Scan.Reading;

/// <summary>Reads the header of a table of comma-, tab-, semicolon- or bar-separated values. A row is about a person:
/// none is ever read.</summary>
internal sealed class TableReader : IReader
{
    private const string Separators = ",\t;|";

    public string Name => "table of separated values (header only)";

    public string Reads => "the header; never a row";

    /// <summary>True for the name of a table, whatever its bytes are.</summary>
    public static bool IsTable(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".psv" or ".tab";

    public bool Recognises(string path, string text) => IsTable(path);

    public ReadResult Read(string path, string text)
    {
        var header = default(TextLine);
        foreach (var line in Lines.Of(text))
        {
            if (line.Text.Span.IsWhiteSpace())
                continue;
            header = line;
            break;
        }

        return new ReadResult([new Passage(PassageKind.Table, "table", ReadHeader(header))]);
    }

    private static List<Token> ReadHeader(TextLine header)
    {
        var tokens = new List<Token>();
        var text = header.Text;
        var separator = SeparatorOf(text.Span);
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text.Span[i] == '"')
                quoted = !quoted;
            if (i < text.Length && (quoted || text.Span[i] != separator))
                continue;
            var cell = text[start..i].Span;
            var name = cell.Trim("\" \t");
            if (LooksLikeData(name))
                return []; // no header: the first line is a row already
            var at = start + cell.Length - cell.TrimStart("\" \t").Length;
            if (!name.IsEmpty)
                tokens.Add(new Token(TokenKind.Column, text.Slice(at, name.Length), header.Number, at + 1, Group: 1));
            start = i + 1;
        }

        return tokens;
    }

    private static char SeparatorOf(ReadOnlySpan<char> line)
    {
        var best = ',';
        foreach (var candidate in Separators)
        {
            if (line.Count(candidate) > line.Count(best))
                best = candidate;
        }

        return best;
    }

    // A number or a date is a value. An address or the name of a picture is one too.
    private static bool LooksLikeData(ReadOnlySpan<char> cell) =>
        (cell.Length > 0 && double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _))
        || cell.Contains("://", StringComparison.Ordinal)
        || IsPicture(System.IO.Path.GetExtension(cell))
        || (cell.Length > 8 && char.IsAsciiDigit(cell[0]) && cell.Count('-') == 2);

    private static bool IsPicture(ReadOnlySpan<char> ending)
    {
        foreach (var known in new[] { ".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".mp4" })
        {
            if (ending.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
