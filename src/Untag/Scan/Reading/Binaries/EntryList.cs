namespace Untag.Scan.Reading.Binaries;

/// <summary>Names and strings in the order of a table. Their place is their number; they stand as far apart as if they
/// were written one after the other, so that the labels of a list stand together.</summary>
internal sealed class EntryList
{
    private readonly List<Token> tokens = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private int column;

    public IReadOnlyList<Token> Tokens => tokens;

    /// <summary>Adds an entry, unless it is there already or empty.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="text">Its text.</param>
    /// <param name="group">Its table, from 1; 0 for none.</param>
    public void Add(TokenKind kind, string text, int group)
    {
        if (text.Length == 0 || !known.Add(text))
            return;
        tokens.Add(new Token(kind, text.AsMemory(), tokens.Count + 1, column, group));
        column = Math.Min(column + text.Length + 1, int.MaxValue / 2);
    }
}
