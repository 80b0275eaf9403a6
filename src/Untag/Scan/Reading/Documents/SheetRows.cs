using System.Globalization;
using Untag.Scan.Reading.Tables;

namespace Untag.Scan.Reading.Documents;

/// <summary>Tells the header of a sheet from its rows, and collects the labels of its columns. A row is about a person:
/// none is kept.</summary>
internal sealed class SheetRows
{
    /// <summary>More columns than a sheet can have.</summary>
    public const int ColumnsMax = 16_384;

    private readonly SortedDictionary<int, string> header = [];
    private readonly SortedDictionary<int, LabelSet> labels = [];
    private readonly List<IReadOnlyList<string>> choices = [];
    private readonly List<(int Column, string Text, bool IsText)> row = [];
    private bool hasHeader;

    /// <summary>Begins a row.</summary>
    public void BeginRow() => EndRow();

    /// <summary>Takes a cell of the row.</summary>
    public void Add(int column, string text, bool isText)
    {
        if (column < ColumnsMax && !string.IsNullOrWhiteSpace(text))
            row.Add((column, text.Trim(), isText && !double.TryParse(text, CultureInfo.InvariantCulture, out _)));
    }

    /// <summary>Takes the values that some cells accept.</summary>
    public void AddChoices(IReadOnlyList<string> values) => choices.Add(values);

    /// <summary>Appends the passage of the sheet.</summary>
    public void AddTo(List<Passage> passages, string sheet)
    {
        EndRow();
        var table = new TableHeader("sheet");
        foreach (var column in header.Keys.Union(labels.Keys).Order())
        {
            var name = header.GetValueOrDefault(column, "");
            table.Add(name, labels.TryGetValue(column, out var values) ? values.Of(name) : []);
        }

        foreach (var values in choices)
            table.Add("", values);
        if (table.ToPassage($"sheet {sheet}") is { } passage)
            passages.Add(passage);
    }

    // The header is the first row of texts and nothing else. A title above it has one cell; a sheet of one column has
    // its header in the first row.
    private void EndRow()
    {
        if (row.Count == 0)
            return;
        if (!hasHeader && row.TrueForAll(cell => cell.IsText))
        {
            // What stood above was a title.
            header.Clear();
            foreach (var (column, text, _) in row)
                header[column] = text;
            hasHeader = row.Count > 1;
        }
        else
        {
            hasHeader = true;
            foreach (var (column, text, isText) in row)
            {
                if (!isText)
                    continue;
                if (!labels.TryGetValue(column, out var values))
                    labels[column] = values = new LabelSet();
                values.Add(text);
            }
        }

        row.Clear();
    }
}
