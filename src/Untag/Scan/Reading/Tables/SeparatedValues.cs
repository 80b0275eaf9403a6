namespace Untag.Scan.Reading.Tables;

/// <summary>A cell of a table of separated values.</summary>
/// <param name="Start">Index of its first character in the text, behind a quote and blanks.</param>
/// <param name="Length">Its length, without quotes and blanks around it.</param>
/// <param name="Column">Number of its column, counted from 0.</param>
/// <param name="EndsRow">True for the last cell of a row.</param>
internal readonly record struct Cell(int Start, int Length, int Column, bool EndsRow);

/// <summary>Walks over a text cell by cell. A quoted cell may hold separators and line ends.</summary>
/// <param name="text">The text.</param>
/// <param name="separator">The character between cells.</param>
/// <param name="at">Index of the first character of a row.</param>
internal ref struct SeparatedValues(ReadOnlySpan<char> text, char separator, int at)
{
    private readonly ReadOnlySpan<char> text = text;
    private int at = at;
    private int column;

    /// <summary>The next cell; false at the end of the text.</summary>
    public bool TryRead(out Cell cell)
    {
        cell = default;
        if (at >= text.Length)
            return false;
        var start = at;
        var end = EndOfCell();
        var content = text[start..end];
        var name = content.Trim("\" \t");
        var ends = end >= text.Length || text[end] != separator;
        cell = new Cell(start + content.Length - content.TrimStart("\" \t").Length, name.Length, column, ends);
        column = ends ? 0 : column + 1;
        at = end + 1;
        if (ends && end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n')
            at++;
        return true;
    }

    private readonly int EndOfCell()
    {
        var end = at;
        if (text[end] == '"')
        {
            var close = ClosingQuote(end);
            end = close < 0 ? end : close + 1; // a quote that nothing closes is a character
        }

        var length = text[end..].IndexOfAny(separator, '\n', '\r');
        return length < 0 ? text.Length : end + length;
    }

    private readonly int ClosingQuote(int open)
    {
        for (var i = open + 1; ; i++)
        {
            var length = text[i..].IndexOf('"');
            if (length < 0)
                return -1;
            i += length;
            if (i + 1 >= text.Length || text[i + 1] != '"')
                return i;
            i++; // two quotes are one that is meant
        }
    }
}
