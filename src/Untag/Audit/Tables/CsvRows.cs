using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace Untag.Audit.Tables;

/// <summary>Walks over a table of separated values.</summary>
/// <remarks>RFC 4180: cells are divided by the separator, rows by LF or CR LF; a cell in quotes may hold both, and two quotes
/// are one that is meant. A table whose rows have not all the same number of cells is refused: nothing is guessed. Lines without
/// a character are passed over. The first row names the columns.</remarks>
internal sealed class CsvRows : TextRows
{
    private const int CellsMax = 1 << 18; // of a block: a table may have thousands of columns

    private readonly byte separator;
    private readonly string[] columns = [];
    private readonly List<(int Start, int Length)> row = []; // the cells of the row that is cut
    private readonly (int Start, int Length)[] cells; // those of the block, row by row
    private readonly int rowsMax;
    private long line = 1; // the one that begins at `start`
    private int end; // of the row that was cut
    private long nextLine; // the one that begins there

    /// <summary>Begins behind the first row.</summary>
    /// <param name="stream">UTF-8, with or without its mark.</param>
    /// <param name="name">Name of the table, for messages.</param>
    /// <param name="separator">The character between cells.</param>
    /// <param name="blockBytes">How much is read at once. What is read does not depend on it.</param>
    /// <exception cref="AuditInputException">It is no UTF-8, or the first row does not end.</exception>
    public CsvRows(Stream stream, string name, byte separator, int blockBytes = 1 << 20)
        : base(stream, name, blockBytes)
    {
        this.separator = separator;
        while (filled < 3 && !ended)
            Fill();
        var first = buffer.AsSpan(0, filled);
        if (first.StartsWith("\uFEFF"u8))
            start = 3;
        else if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || first.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new AuditInputException($"{name} is written in UTF-16", "save it as UTF-8");
        if (NextRow())
        {
            columns = [.. row.Select(cell => Encoding.UTF8.GetString(buffer, cell.Start, cell.Length))];
            Leave();
        }

        rowsMax = Math.Clamp(CellsMax / Math.Max(1, columns.Length), 1, RowsMax);
        cells = new (int, int)[rowsMax * columns.Length];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => columns;

    /// <inheritdoc/>
    private protected override void CutRows()
    {
        while (columns.Length > 0 && Count < rowsMax)
        {
            CutPlain();
            // What is left is the end of the table, a row that is not whole, or one that is not plain.
            if (Count == rowsMax || !NextRow(isFirst: Count == 0))
                return;
            if (row.Count != columns.Length)
            {
                throw new AuditInputException(
                    $"{PlaceOf(line)}: the row has {row.Count} cells, the first row has {columns.Length}", "mend the row");
            }

            row.CopyTo(cells, Count * columns.Length);
            Add(line);
            Leave();
        }
    }

    /// <inheritdoc/>
    private protected override void CodeRows() => EachColumn.Do(Asked, Count, (column, asked) =>
    {
        for (int i = 0, at = column; i < Count; i++, at += columns.Length)
        {
            var (from, length) = cells[at];
            asked.Codes[i] = asked.CodeOf(buffer.AsSpan(from, length));
        }
    });

    // Cuts rows without quotes and of the right number of cells, sixteen bytes at a time; stops before any other.
    private void CutPlain()
    {
        var (between, end, quote) = (Vector128.Create(separator), Vector128.Create((byte)'\n'), Vector128.Create((byte)'"'));
        var (from, next) = (start, Count * columns.Length);
        var last = next + columns.Length - 1;
        for (var block = start; block < filled; block += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create<byte>(buffer.AsSpan(block, Vector128<byte>.Count));
            var marks = (Vector128.Equals(bytes, between) | Vector128.Equals(bytes, end) | Vector128.Equals(bytes, quote))
                .ExtractMostSignificantBits();
            if (filled - block < Vector128<byte>.Count)
                marks &= (1u << (filled - block)) - 1;
            for (; marks != 0; marks &= marks - 1)
            {
                var at = block + BitOperations.TrailingZeroCount(marks);
                var mark = buffer[at];
                if (mark == separator && next < last)
                {
                    cells[next++] = (from, at - from);
                    from = at + 1;
                    continue;
                }

                if (mark == (byte)'"' && at > from)
                    continue; // a quote inside a cell is a character
                var length = (at > from && buffer[at - 1] == (byte)'\r' ? at - 1 : at) - from;
                if (mark != (byte)'\n' || next != last || (length == 0 && columns.Length == 1))
                    return;
                cells[next++] = (from, length);
                start = from = at + 1;
                last = next + columns.Length - 1;
                Add(line++);
                if (Count == rowsMax)
                    return;
            }
        }
    }

    // Cuts the next row that is not empty. One that is not whole is read on only when no other of the block would be moved.
    private bool NextRow(bool isFirst = true)
    {
        while (true)
        {
            while (start == filled && !ended && isFirst)
                Fill();
            if (start == filled)
                return false;
            while (!TryCut())
            {
                if (!isFirst)
                    return false;
                if (filled - start > RowBytesMax)
                    throw new AuditInputException($"{PlaceOf(line)}: the row does not end", "look for a quote that nothing closes");
                Fill();
            }

            if (row.Count != 1 || row[0].Length > 0 || end - start > 2 || buffer[start] == (byte)'"')
                return true;
            Leave();
        }
    }

    private void Leave() => (start, line) = (end, nextLine);

    // Cuts the row that begins at `start` into cells; false when the buffer ends before it does.
    private bool TryCut()
    {
        row.Clear();
        nextLine = line;
        var at = start;
        while (true)
        {
            var quoted = at < filled && buffer[at] == (byte)'"';
            var (from, to) = (at, at);
            if (quoted)
            {
                if (!TryClose(at + 1, out to))
                    return false;
                from = at + 1;
                at = to + 1;
            }

            var length = buffer.AsSpan(at, filled - at).IndexOfAny(separator, (byte)'\n');
            if (length < 0 && !ended)
                return false;
            var stop = length < 0 ? filled : at + length;
            var isLast = stop == filled || buffer[stop] == (byte)'\n';
            var trimmed = isLast && stop > at && buffer[stop - 1] == (byte)'\r' ? stop - 1 : stop;
            if (!quoted)
                to = trimmed;
            else if (trimmed != at)
                throw new AuditInputException($"{PlaceOf(nextLine)}: there is text behind a closing quote", "write two quotes for one that is meant");
            row.Add((from, to - from));
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
                    throw new AuditInputException($"{PlaceOf(line)}: a quote is not closed", "close it, or write two quotes for one that is meant");
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
        for (var i = 0; i < row.Count; i++)
        {
            var (from, length) = row[i];
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

            row[i] = (from, written);
        }
    }
}
