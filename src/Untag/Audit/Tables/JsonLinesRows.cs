using System.Text;
using System.Text.Json;

namespace Untag.Audit.Tables;

/// <summary>Walks over a table in JSON Lines: an object a line, with the same keys in any order.</summary>
/// <remarks>The keys of the first object are the columns. A text is taken without its escapes, a number as it is written, null as an
/// empty cell; a list or an object is no cell that can be measured, and is passed over as it stands. A line with a key more or less,
/// or one twice, is refused: nothing is guessed.</remarks>
internal sealed class JsonLinesRows : TextRows
{
    private readonly List<byte[]> names = [];
    private readonly string[] columns;
    private readonly bool[] isFilled;
    private readonly (int Start, int Length)[] cells;
    private byte[] texts = new byte[1 << 12];
    private int used;
    private long lines;

    /// <summary>Begins at the first object.</summary>
    /// <param name="stream">UTF-8, with or without its mark.</param>
    /// <param name="name">Name of the table, for messages.</param>
    /// <param name="blockBytes">How much is read at once. What is read does not depend on it.</param>
    /// <exception cref="AuditInputException">The first line is no object.</exception>
    public JsonLinesRows(Stream stream, string name, int blockBytes = 1 << 18)
        : base(stream, name, blockBytes)
    {
        // The names are taken from the first object, which is read again as the first row.
        if (NextLine() is { } line)
        {
            Walk(line.Span, isFirst: true);
            start -= line.Length;
            lines--;
        }

        columns = [.. names.Select(Encoding.UTF8.GetString)];
        isFilled = new bool[columns.Length];
        cells = new (int, int)[columns.Length];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => columns;

    /// <inheritdoc/>
    private protected override void CutRows()
    {
        while (Count < RowsMax && NextLine() is { } line)
        {
            used = 0;
            Array.Clear(isFilled);
            Walk(line.Span, isFirst: false);
            if (Array.IndexOf(isFilled, false) is var missing and >= 0)
                throw Wrong($"there is no `{columns[missing]}`, which the first object has");
            foreach (var (column, asked) in Asked)
                asked.Codes[Count] = asked.CodeOf(texts.AsSpan(cells[column].Start, cells[column].Length));
            Add(lines);
        }
    }

    private void Walk(ReadOnlySpan<byte> line, bool isFirst)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                throw Wrong("the line is no object");
            var at = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (isFirst)
                    AddName(ref json);
                else
                    TakeCell(ref json, at++);
                if (isFirst)
                    json.Skip();
            }

            if (json.Read())
                throw Wrong("there is text behind the object");
        }
        catch (JsonException)
        {
            throw Wrong("the line is no JSON, or is cut");
        }
        catch (InvalidOperationException) // half of a pair of surrogates
        {
            throw Wrong("a text is no Unicode");
        }
    }

    private void AddName(ref Utf8JsonReader json)
    {
        var key = Encoding.UTF8.GetBytes(json.GetString()!);
        if (names.Exists(known => known.AsSpan().SequenceEqual(key)))
            throw Wrong($"`{Encoding.UTF8.GetString(key)}` stands there twice");
        names.Add(key);
    }

    // The keys are mostly in the order of the first object.
    private void TakeCell(ref Utf8JsonReader json, int expected)
    {
        var column = expected < names.Count && json.ValueTextEquals(names[expected]) ? expected : -1;
        for (var i = 0; column < 0 && i < names.Count; i++)
            column = json.ValueTextEquals(names[i]) ? i : -1;
        if (column < 0)
            throw Wrong($"the key `{json.GetString()}` is none of the first object");
        if (isFilled[column])
            throw Wrong($"`{json.GetString()}` stands there twice");
        isFilled[column] = true;
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                Room(json.ValueSpan.Length);
                cells[column] = (used, json.CopyString(texts.AsSpan(used)));
                used += cells[column].Length;
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                json.Skip();
                Keep(column, "[…]"u8);
                break;
            default:
                Keep(column, json.TokenType == JsonTokenType.Null ? [] : json.ValueSpan);
                break;
        }
    }

    private void Keep(int column, ReadOnlySpan<byte> text)
    {
        Room(text.Length);
        text.CopyTo(texts.AsSpan(used));
        cells[column] = (used, text.Length);
        used += text.Length;
    }

    private void Room(int bytes)
    {
        if (texts.Length - used < bytes)
            Array.Resize(ref texts, Math.Max(texts.Length * 2, used + bytes));
    }

    // The next line with something on it, with its end; null at the end of the table.
    private ReadOnlyMemory<byte>? NextLine()
    {
        while (true)
        {
            var length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') + 1;
            if (length == 0 && !ended)
            {
                if (filled - start > RowBytesMax)
                    throw Wrong("the line does not end");
                Fill();
                continue;
            }

            if (length == 0)
                length = filled - start;
            if (length == 0)
                return null;
            lines++;
            var from = lines == 1 && buffer.AsSpan(start, length).StartsWith("\uFEFF"u8) ? 3 : 0;
            var line = buffer.AsMemory(start + from, length - from);
            start += length;
            if (!line.Span.Trim(" \t\r\n"u8).IsEmpty)
                return line;
        }
    }

    private AuditInputException Wrong(string what) => new(
        $"{PlaceOf(Math.Max(1, lines))}: {what}", "write an object a line, with the same keys in each");
}
