namespace Untag.Scan.Reading;

/// <summary>Reads the header of a table of comma-, tab-, semicolon- or bar-separated values. A row is about a person:
/// none is ever read.</summary>
internal sealed class TableReader : IReader
{
    private const string Separators = ",\t;|";

    public string Name => "table of separated values (header only)";

    public bool Recognises(string path, string text) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".psv" or ".tab";

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
            var cell = text[start..i].Trim().Trim('"');
            if (LooksLikeData(cell.Span))
                return []; // no header: the first line is a row already
            if (!cell.IsEmpty)
                tokens.Add(new Token(TokenKind.Column, cell, header.Number, start + 1, Group: 1));
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

    // A number or a date is a value. A path or an address is one too.
    private static bool LooksLikeData(ReadOnlySpan<char> cell) =>
        (cell.Length > 0 && double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _))
        || cell.Contains("://", StringComparison.Ordinal)
        || (cell.Length > 8 && char.IsAsciiDigit(cell[0]) && cell.Count('-') == 2);
}
