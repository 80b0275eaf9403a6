namespace Untag.Scan.Reading.Tables;

/// <summary>Makes the passage of a data set: the names of its columns in their order, and behind each the labels that
/// it holds.</summary>
/// <param name="language">The format, such as <c>parquet</c>.</param>
internal sealed class TableHeader(string language)
{
    private const int HeaderGroup = 1;

    // Labels of neighbouring columns must not be taken for one list, and a name must stay near its labels.
    private const int EntriesApart = 3;

    private readonly List<Token> tokens = [];
    private int entry = 1;
    private int group = HeaderGroup;

    /// <summary>Adds a column, with its labels when it is known to hold any.</summary>
    public void Add(string column, IReadOnlyList<string> labels)
    {
        if (labels.Count > 0 && entry > 1)
            entry += EntriesApart - 1;
        if (column.Length > 0)
            tokens.Add(new Token(TokenKind.Column, column.AsMemory(), entry, Column: 1, HeaderGroup));
        if (labels.Count > 0)
        {
            group++;
            foreach (var label in labels)
                tokens.Add(new Token(TokenKind.Value, label.AsMemory(), entry, Column: 1, group));
            entry += EntriesApart - 1;
        }

        entry++;
    }

    /// <summary>The passage; null when the data set names nothing.</summary>
    /// <param name="inner">Which part of the file it is; null for the whole.</param>
    public Passage? ToPassage(string? inner) => tokens.Count == 0
        ? null
        : new Passage(PassageKind.Table, language, tokens, inner) { LinesAreEntries = true };
}
