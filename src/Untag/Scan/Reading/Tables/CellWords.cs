using System.Globalization;

namespace Untag.Scan.Reading.Tables;

/// <summary>Tells the header of a table from a row without one.</summary>
internal static class CellWords
{
    private const int NumberedColumnsMin = 3;

    private static readonly string[] Pictures =
        [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".mp4"];

    /// <summary>True when the first line of a table holds values: a number, a date, an address, the name of a picture.</summary>
    public static bool AreValues(ReadOnlySpan<char> text, IReadOnlyList<Cell> line)
    {
        var areNumbered = HasNumberedColumns(text, line);
        foreach (var cell in line)
        {
            var word = text.Slice(cell.Start, cell.Length);
            if (IsNumber(word) ? !areNumbered : IsValue(word))
                return true;
        }

        return false;
    }

    /// <summary>True for a line of numbers and nothing else: the table is a matrix.</summary>
    public static bool AreNumbers(ReadOnlySpan<char> text, IReadOnlyList<Cell> line)
    {
        foreach (var cell in line)
        {
            if (!IsNumber(text.Slice(cell.Start, cell.Length)))
                return false;
        }

        return line.Count > 0;
    }

    // `id, 2019, 2020, 2021`: side by side, each one more than the one before. The numbers of a row are not.
    private static bool HasNumberedColumns(ReadOnlySpan<char> text, IReadOnlyList<Cell> line)
    {
        int? last = null;
        var lastColumn = -1;
        var count = 0;
        foreach (var cell in line)
        {
            if (!int.TryParse(text.Slice(cell.Start, cell.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                continue;
            if (last is { } before && (number != before + 1L || cell.Column != lastColumn + 1))
                return false;
            last = number;
            lastColumn = cell.Column;
            count++;
        }

        return count >= NumberedColumnsMin;
    }

    private static bool IsNumber(ReadOnlySpan<char> word) =>
        word.Length > 0 && double.TryParse(word, CultureInfo.InvariantCulture, out _);

    private static bool IsValue(ReadOnlySpan<char> word) =>
        word.Contains("://", StringComparison.Ordinal)
        || IsPicture(Path.GetExtension(word))
        || (word.Length > 8 && char.IsAsciiDigit(word[0]) && word.Count('-') == 2);

    private static bool IsPicture(ReadOnlySpan<char> ending)
    {
        foreach (var known in Pictures)
        {
            if (ending.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
