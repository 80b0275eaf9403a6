namespace Untag.Scan.Reading.Tables.Parquet;

/// <summary>A column as the schema names it.</summary>
/// <param name="Path">Its path, with dots between the parts.</param>
/// <param name="IsText">True when its values are bytes or text of any length.</param>
internal readonly record struct ParquetColumn(string Path, bool IsText);

/// <summary>The part of a column that one group of rows holds.</summary>
/// <param name="Column">Index of the column.</param>
/// <param name="Codec">How its pages are compressed.</param>
/// <param name="Values">Number of its values.</param>
/// <param name="FirstPage">Where its first page begins, in bytes: the dictionary, when it has one.</param>
internal readonly record struct ParquetChunk(int Column, PageCodec Codec, long Values, long FirstPage);

/// <summary>What the footer of a Parquet file says, as far as names and dictionaries need it.</summary>
internal sealed class ParquetFooter
{
    private const int TypeByteArray = 6;
    private const int EncodingPlainDictionary = 2;
    private const int EncodingDictionary = 8;
    private const int SchemaDepthMax = 64;

    private readonly List<SchemaElement> schema = [];

    private ParquetFooter()
    {
    }

    public List<ParquetColumn> Columns { get; } = [];

    /// <summary>The chunks of text columns that have a dictionary.</summary>
    public List<ParquetChunk> Chunks { get; } = [];

    /// <summary>What the writer noted about the file: key and text.</summary>
    public List<(string Key, string Text)> Notes { get; } = [];

    /// <summary>Reads a footer.</summary>
    /// <exception cref="InvalidDataException">The footer is damaged.</exception>
    public static ParquetFooter Read(ReadOnlySpan<byte> bytes)
    {
        var footer = new ParquetFooter();
        var reader = new ThriftReader(bytes);
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 2 when type == ThriftType.List:
                    for (var left = reader.ReadListHead(out _); left > 0; left--)
                        footer.schema.Add(SchemaElement.Read(ref reader));
                    footer.NameColumns();
                    break;
                case 4 when type == ThriftType.List:
                    for (var left = reader.ReadListHead(out _); left > 0; left--)
                        footer.ReadRowGroup(ref reader);
                    break;
                case 5 when type == ThriftType.List:
                    for (var left = reader.ReadListHead(out _); left > 0; left--)
                        footer.ReadNote(ref reader);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return footer;
    }

    // The schema is a tree, written node by node with the number of children of each; the leaves are the columns.
    private void NameColumns()
    {
        var at = 1; // the first element is the root
        if (schema.Count > 0)
            NameChildren(schema[0].Children, "", ref at, depth: 0);
    }

    private void NameChildren(int children, string prefix, ref int at, int depth)
    {
        if (depth > SchemaDepthMax)
            throw new InvalidDataException("the schema is nested too deep");
        for (; children > 0 && at < schema.Count; children--)
        {
            var element = schema[at++];
            // A list is written as `tags.list.element`: the two last parts say nothing.
            var isWrapper = depth > 0
                && element.Name is "list" or "element" or "item" or "array" or "bag" or "array_element" or "key_value";
            var path = isWrapper ? prefix : prefix.Length == 0 ? element.Name : $"{prefix}.{element.Name}";
            if (element.Children > 0)
                NameChildren(element.Children, path, ref at, depth + 1);
            else
                Columns.Add(new ParquetColumn(path, element.Type == TypeByteArray));
        }
    }

    private void ReadRowGroup(ref ThriftReader reader)
    {
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id != 1 || type != ThriftType.List)
            {
                reader.Skip(type);
                continue;
            }

            var count = reader.ReadListHead(out _);
            for (var column = 0; column < count; column++)
                ReadChunk(ref reader, column);
        }
    }

    private void ReadChunk(ref ThriftReader reader, int column)
    {
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 3 && type == ThriftType.Struct)
                ReadChunkDescription(ref reader, column);
            else
                reader.Skip(type);
        }
    }

    private void ReadChunkDescription(ref ThriftReader reader, int column)
    {
        var codec = PageCodec.Uncompressed;
        long values = 0, dataPage = 0, dictionaryPage = 0;
        var hasDictionary = false;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 2 when type == ThriftType.List:
                    for (var left = reader.ReadListHead(out _); left > 0; left--)
                        hasDictionary |= reader.ReadInteger() is EncodingPlainDictionary or EncodingDictionary;
                    break;
                case 4:
                    codec = (PageCodec)Math.Clamp(reader.ReadInteger(), -1, 255);
                    break;
                case 5:
                    values = Math.Clamp(reader.ReadInteger(), 0, uint.MaxValue);
                    break;
                case 9:
                    dataPage = reader.ReadInteger();
                    break;
                case 11:
                    dictionaryPage = reader.ReadInteger();
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        // Some writers give no offset of the dictionary; it is the first page then.
        if (hasDictionary && column < Columns.Count && Columns[column].IsText)
            Chunks.Add(new ParquetChunk(column, codec, values, dictionaryPage > 0 ? Math.Min(dictionaryPage, dataPage) : dataPage));
    }

    private void ReadNote(ref ThriftReader reader)
    {
        string key = "", text = "";
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (type != ThriftType.Binary)
                reader.Skip(type);
            else if (id == 1)
                key = reader.ReadText();
            else
                text = reader.ReadText();
        }

        Notes.Add((key, text));
    }

    private readonly record struct SchemaElement(string Name, int Children, long Type)
    {
        public static SchemaElement Read(ref ThriftReader reader)
        {
            var name = "";
            long children = 0, kind = -1;
            for (var id = 0; reader.NextField(ref id, out var type);)
            {
                if (id == 1 && type == ThriftType.Int32)
                    kind = reader.ReadInteger();
                else if (id == 4 && type == ThriftType.Binary)
                    name = reader.ReadText();
                else if (id == 5 && type == ThriftType.Int32)
                    children = reader.ReadInteger();
                else
                    reader.Skip(type);
            }

            return new SchemaElement(name, (int)Math.Clamp(children, 0, int.MaxValue), kind);
        }
    }
}
