namespace Untag.Scan.Reading.Models;

/// <summary>Reads a text that a model carries and whose form nobody states: metadata, a packed file of labels.</summary>
internal static class LooseText
{
    private const int LabelCharactersMax = 40;
    private const int LabelWordsMax = 4;

    private static readonly char[] Separators = [',', ';', '|'];

    /// <summary>Adds the text to a family as what it looks like.</summary>
    public static void Add(string text, NameFamily family)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return;
        if ((trimmed[0], trimmed[^1]) is ('{', '}') or ('[', ']') or ('(', ')'))
        {
            // A literal of Python is not JSON; its strings come out of the plain reading that follows the error.
            foreach (var passage in JsonReader.Read(text).Passages)
                family.AddStructure(passage.Tokens);
            return;
        }

        if (LabelsOf(text) is { } labels)
        {
            family.AddLabels(labels);
            return;
        }

        foreach (var line in Lines.Of(text))
        {
            if (!line.Text.Span.IsWhiteSpace())
                family.AddLine(IsSentence(line.Text.Span) ? TokenKind.Prose : TokenKind.Value, line.Text.ToString());
        }
    }

    private static List<string>? LabelsOf(string text)
    {
        var parts = text.AsSpan().Trim().ContainsAny('\n', '\r') ? text.Split('\n', '\r') : text.Split(Separators);
        var labels = new List<string>(parts.Length);
        foreach (var part in parts)
        {
            var label = part.Trim();
            if (label.Length > LabelCharactersMax || label.AsSpan().Count(' ') >= LabelWordsMax)
                return null;
            if (label.Length > 0)
                labels.Add(label);
        }

        return labels.Count >= 2 ? labels : null;
    }

    private static bool IsSentence(ReadOnlySpan<char> line) => line.Trim().Count(' ') >= LabelWordsMax;
}
