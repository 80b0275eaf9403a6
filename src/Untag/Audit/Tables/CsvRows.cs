namespace Untag.Audit.Tables;

/// <summary>Walks over a table of separated values row by row, in a buffer that does not grow with the table.</summary>
/// <remarks>RFC 4180: cells are divided by the separator, rows by LF or CR LF; a cell in quotes may hold both, and two quotes
/// are one that is meant. A table whose rows have not all the same number of cells is refused: nothing is guessed. Lines without
/// a character are passed over.</remarks>
internal sealed class CsvRows : TableRows
{
    /// <summary>A row longer than this is taken for a quote that nothing closes.</summary>
    public const int RowBytesMax = 16 << 20;

    private readonly string name;
    private readonly byte separator;
    private (int Start, int Length)[] cells = new (int, int)[16];
    private int count;
    private long nextLine = 1;

    /// <summary>Begins at the first row.</summary>
    /// <param name="stream">UTF-8, with or without its mark.</param>
    /// <param name="name">Name of the table, for messages.</param>
    /// <param name="separator">The character between cells.</param>
    /// <param name="blockBytes">How much is read at once. What is read does not depend on it.</param>
    public CsvRows(Stream stream, string name, byte separator, int blockBytes = 1 << 18)
        : base(stream, blockBytes)
    {
        this.name = name;
        this.separator = separator;
        while (filled < 3 && !ended)
            Fill();
        var first = buffer.AsSpan(0, filled);
        if (first.StartsWith("\uFEFF"u8))
            start = 3;
        else if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || first.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new AuditInputException($"{name} is written in UTF-16", "save it as UTF-8");
    }

    /// <inheritdoc/>
    public override int Count => count;

    /// <summary>The bytes of a cell, without its quotes.</summary>
    public override ReadOnlySpan<byte> this[int column] => buffer.AsSpan(cells[column].Start, cells[column].Length);

    /// <summary>Goes to the next row that is not empty.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="AuditInputException">The row has another number of cells than the first, or a quote is not closed.</exception>
    public override bool Read()
    {
        var expected = count;
        while (true)
        {
            while (start == filled && !ended)
                Fill();
            if (start == filled)
                return false;
            Line = nextLine;
            int end;
            while (!TryCut(out end))
            {
                if (filled - start > RowBytesMax)
                    throw new AuditInputException($"{name}:{Line}: the row does not end", "look for a quote that nothing closes");
                Fill();
            }

            var isEmpty = count == 1 && cells[0].Length == 0 && end - start <= 2 && buffer[start] != (byte)'"';
            start = end;
            if (isEmpty)
            {
                count = expected;
                continue;
            }

            if (expected > 0 && count != expected)
            {
                throw new AuditInputException(
                    $"{name}:{Line}: the row has {count} cells, the first row has {expected}", "mend the row");
            }

            return true;
        }
    }

    // Cuts the row that begins at `start` into cells; false when the buffer ends before it does.
    private bool TryCut(out int end)
    {
        count = 0;
        nextLine = Line;
        var at = start;
        while (true)
        {
            var quoted = at < filled && buffer[at] == (byte)'"';
            var (from, to) = (at, at);
            if (quoted)
            {
                if (!TryClose(at + 1, out to))
                    return Short(out end);
                from = at + 1;
                at = to + 1;
            }

            var length = buffer.AsSpan(at, filled - at).IndexOfAny(separator, (byte)'\n');
            if (length < 0 && !ended)
                return Short(out end);
            var stop = length < 0 ? filled : at + length;
            var isLast = stop == filled || buffer[stop] == (byte)'\n';
            var trimmed = isLast && stop > at && buffer[stop - 1] == (byte)'\r' ? stop - 1 : stop;
            if (!quoted)
                to = trimmed;
            else if (trimmed != at)
                throw new AuditInputException($"{name}:{nextLine}: there is text behind a closing quote", "write two quotes for one that is meant");
            AddCell(from, to - from);
            at = Math.Min(stop + 1, filled);
            if (isLast)
            {
                nextLine++;
                end = at;
                Unquote();
                return true;
            }
        }
    }

    private static bool Short(out int end)
    {
        end = 0;
        return false;
    }

    // The closing quote of a cell that was opened before `at`.
    private bool TryClose(int at, out int close)
    {
        while (true)
        {
            var length = buffer.AsSpan(at, filled - at).IndexOf((byte)'"');
            close = at + length;
            if (length < 0 || (close + 1 == filled && !ended))
            {
                if (ended)
                    throw new AuditInputException($"{name}:{Line}: a quote is not closed", "close it, or write two quotes for one that is meant");
                return false;
            }

            nextLine += buffer.AsSpan(at, length).Count((byte)'\n');
            if (close + 1 == filled || buffer[close + 1] != (byte)'"')
                return true;
            at = close + 2;
        }
    }

    // Two quotes become one, in place: only quoted cells hold them.
    private void Unquote()
    {
        for (var i = 0; i < count; i++)
        {
            var (from, length) = cells[i];
            if (from == start || buffer[from - 1] != (byte)'"')
                continue;
            var cell = buffer.AsSpan(from, length);
            var written = 0;
            for (var k = 0; k < cell.Length; k++)
            {
                cell[written++] = cell[k];
                if (cell[k] == (byte)'"')
                    k++;
            }

            cells[i] = (from, written);
        }
    }

    private void AddCell(int from, int length)
    {
        if (count == cells.Length)
            Array.Resize(ref cells, cells.Length * 2);
        cells[count++] = (from, length);
    }
}
