namespace Untag.Scan.Reading.Documents;

/// <summary>Makes passages of paragraphs. A paragraph is a passage that says its number; short lines that follow each
/// other are a list, and the cells of a table a table: they must be seen together.</summary>
internal static class DocumentPassages
{
    private const int ListCharactersMax = 48;

    /// <summary>Appends the passages of one part.</summary>
    /// <param name="paragraphs">Its paragraphs, in their order.</param>
    /// <param name="part">What the part is called in front of the paragraph, such as <c>header, </c>; empty for the body.</param>
    /// <param name="passages">Takes the passages.</param>
    public static void Add(IReadOnlyList<Paragraph> paragraphs, string part, List<Passage> passages)
    {
        for (var i = 0; i < paragraphs.Count;)
        {
            var end = i + 1;
            while (end < paragraphs.Count && StandTogether(paragraphs[end - 1], paragraphs[end]))
                end++;
            passages.Add(ToPassage(paragraphs, i, end, part));
            i = end;
        }
    }

    /// <summary>A passage of all paragraphs of a part that is shown as one, such as a slide.</summary>
    public static Passage Whole(IReadOnlyList<Paragraph> paragraphs, string inner) =>
        Passage(paragraphs, 0, paragraphs.Count, inner);

    private static bool StandTogether(Paragraph before, Paragraph after) =>
        before.Table == after.Table
        && (after.Table > 0 || (before.Text.Length <= ListCharactersMax && after.Text.Length <= ListCharactersMax));

    private static Passage ToPassage(IReadOnlyList<Paragraph> paragraphs, int start, int end, string part)
    {
        var (first, last) = (paragraphs[start], paragraphs[end - 1]);
        var inner = first.Table > 0 ? $"{part}table {first.Table}"
            : first.Number == last.Number ? $"{part}paragraph {first.Number}"
            : $"{part}paragraphs {first.Number} to {last.Number}";
        return Passage(paragraphs, start, end, inner);
    }

    private static Passage Passage(IReadOnlyList<Paragraph> paragraphs, int start, int end, string inner)
    {
        var tokens = new List<Token>();
        var lines = 0;
        for (var i = start; i < end; i++)
        {
            var (text, _, table, row) = paragraphs[i];
            // The cells of a row stand on one line.
            if (table == 0 || i == start || row != paragraphs[i - 1].Row)
                lines++;
            tokens.Add(new Token(TokenKind.Prose, text.AsMemory(), lines, Column: 1, table > 0 ? row : 0));
        }

        return new Passage(PassageKind.Prose, "document", tokens, inner) { LinesAreEntries = true };
    }
}
