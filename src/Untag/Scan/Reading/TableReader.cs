using Untag.Scan.Reading.Tables;

namespace Untag.Scan.Reading;

/// <summary>Reads the header of a table of comma-, tab-, semicolon- or bar-separated values, and the labels of columns
/// that hold a few values in many rows. A row is about a person: none is ever read as such.</summary>
internal sealed class TableReader : IReader
{
    private const string Separators = ",\t;|";
    private const int ColumnsMax = 4096;
    private const int HeaderGroup = 1;

    public string Name => "table of separated values";

    public string Reads => "the header, and the labels of columns that hold few; never a row";

    /// <summary>True for the name of a table, whatever its bytes are.</summary>
    public static bool IsTable(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".psv" or ".tab";

    public bool Recognises(string path, string text) => IsTable(path);

    public ReadResult Read(string path, string text)
    {
        var (start, number) = FirstLine(text);
        var length = text.AsSpan(start).IndexOfAny('\n', '\r');
        var end = length < 0 ? text.Length : start + length;
        var separator = SeparatorOf(text.AsSpan(start..end));
        var first = new List<Cell>();
        // A quote that is never closed must not draw a row into the header.
        var line = new SeparatedValues(text.AsSpan(0, end), separator, start);
        while (line.TryRead(out var cell))
            first.Add(cell);
        var rows = new SeparatedValues(text, separator, Math.Min(text.Length, end + 1));
        var hasHeader = !CellWords.AreValues(text, first);
        var labels = LabelsOf(text, ref rows, first, hasHeader);
        var tokens = new List<Token>();
        foreach (var cell in first)
            AddColumn(text, cell, number, cell.Start - start + 1, hasHeader, labels, tokens);
        return new ReadResult(
            [new Passage(PassageKind.Table, "table", tokens)],
            hasHeader || CellWords.AreNumbers(text, first)
                ? null
                : "a table without a header: its columns have no names, and of its rows only labels that repeat were read");
    }

    private static void AddColumn(
        string text, Cell cell, int line, int at, bool hasHeader, LabelSet[] labels, List<Token> tokens)
    {
        var name = hasHeader ? text.AsMemory(cell.Start, cell.Length) : ReadOnlyMemory<char>.Empty;
        if (name.Length > 0)
            tokens.Add(new Token(TokenKind.Column, name, line, at, HeaderGroup));
        if (cell.Column >= labels.Length)
            return;
        // Labels are shown at the header of their column: the line of a row would lead to a person.
        foreach (var label in labels[cell.Column].Of(name.ToString()))
            tokens.Add(new Token(TokenKind.Value, label.AsMemory(), line, at, HeaderGroup + 1 + cell.Column));
    }

    private static LabelSet[] LabelsOf(string text, ref SeparatedValues rows, List<Cell> first, bool hasHeader)
    {
        var labels = new LabelSet[Math.Min(first.Count, ColumnsMax)];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = new LabelSet();
        if (!hasHeader)
        {
            foreach (var cell in first)
                Add(cell);
        }

        while (rows.TryRead(out var cell))
            Add(cell);
        return labels;

        void Add(Cell cell)
        {
            var value = text.AsSpan(cell.Start, cell.Length);
            if (cell.Column < labels.Length && !IsCount(value))
                labels[cell.Column].Add(value);
        }
    }

    private static bool IsCount(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange('+', '9'); // + , - . / 0 to 9

    // The first line that holds something.
    private static (int Start, int Number) FirstLine(string text)
    {
        var number = 1;
        var start = 0;
        for (var i = 0; i < text.Length && char.IsWhiteSpace(text[i]); i++)
        {
            if (text[i] is not ('\n' or '\r'))
                continue;
            start = i + 1;
            if (text[i] == '\n' || i + 1 == text.Length || text[i + 1] != '\n')
                number++;
        }

        return (start, number);
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
}
