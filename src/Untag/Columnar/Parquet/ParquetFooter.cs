using System.Buffers.Binary;

namespace Untag.Columnar.Parquet;

/// <summary>The part of a column that one group of rows holds.</summary>
/// <param name="Column">Index of the column.</param>
/// <param name="Codec">How its pages are compressed.</param>
/// <param name="Values">Number of its values.</param>
/// <param name="FirstPage">Where its first page begins, in bytes: the dictionary, when it has one.</param>
/// <param name="PackedBytes">Bytes of all its pages with their heads; 0 when the footer does not say.</param>
/// <param name="HasDictionary">True when the footer says that a dictionary was used.</param>
/// <param name="IsHere">False when its pages are in another file, or encrypted.</param>
internal readonly record struct ParquetChunk(
    int Column, PageCodec Codec, long Values, long FirstPage, long PackedBytes, bool HasDictionary, bool IsHere);

/// <summary>A group of rows.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="Chunks">A part of each column.</param>
internal sealed record ParquetRowGroup(long Rows, IReadOnlyList<ParquetChunk> Chunks);

/// <summary>What the footer of a Parquet file says of its columns and of where they stand.</summary>
internal sealed class ParquetFooter
{
    private const int MarkBytes = 4;
    private const int TailBytes = 8; // length of the footer, and the mark
    private const int FooterBytesMax = 64 * 1024 * 1024;
    private const int EncodingPlainDictionary = 2;
    private const int EncodingDictionary = 8;

    private ParquetFooter()
    {
    }

    /// <summary>The columns that hold values, those in others too.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; private set; } = [];

    /// <summary>The names of the outermost columns.</summary>
    public IReadOnlyList<string> Roots { get; private set; } = [];

    /// <summary>The groups of rows.</summary>
    public List<ParquetRowGroup> Groups { get; } = [];

    /// <summary>What the writer noted about the file: key and text.</summary>
    public List<(string Key, string Text)> Notes { get; } = [];

    /// <summary>Finds and reads the footer of a file.</summary>
    /// <param name="stream">The file, which can seek.</param>
    /// <param name="problem">Why there is none: a sentence about the file; null when it was read.</param>
    /// <exception cref="InvalidDataException">The footer is damaged.</exception>
    public static ParquetFooter? Find(Stream stream, out string? problem)
    {
        var tail = new byte[TailBytes];
        problem = "not a whole Parquet file: the footer with its columns is missing";
        if (stream.Length < MarkBytes + TailBytes)
            return null;
        stream.Position = stream.Length - TailBytes;
        stream.ReadExactly(tail);
        if (tail.AsSpan(MarkBytes).SequenceEqual("PARE"u8))
            problem = "the footer of the Parquet file is encrypted: its columns were not read";
        if (!tail.AsSpan(MarkBytes).SequenceEqual("PAR1"u8))
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > stream.Length - TailBytes - MarkBytes)
            throw new InvalidDataException("its length leads out of the file");
        problem = $"the footer of the Parquet file is larger than {FooterBytesMax / 1048576} MiB";
        if (length > FooterBytesMax)
            return null;
        var bytes = new byte[length];
        stream.Position = stream.Length - TailBytes - length;
        stream.ReadExactly(bytes);
        problem = null;
        return Read(bytes);
    }

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
                    (footer.Roots, footer.Columns) = ParquetSchema.Read(ref reader);
                    break;
                case 4 when type == ThriftType.List:
                    for (var left = reader.ReadListHead(out _); left > 0; left--)
                        footer.Groups.Add(ReadGroup(ref reader));
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

    private static ParquetRowGroup ReadGroup(ref ThriftReader reader)
    {
        var chunks = new List<ParquetChunk>();
        long rows = -1;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 1 && type == ThriftType.List)
            {
                var count = reader.ReadListHead(out _);
                for (var column = 0; column < count; column++)
                    chunks.Add(ReadChunk(ref reader, column));
            }
            else if (id == 3 && type == ThriftType.Int64)
            {
                rows = reader.ReadInteger();
            }
            else
            {
                reader.Skip(type);
            }
        }

        return new ParquetRowGroup(rows, chunks);
    }

    private static ParquetChunk ReadChunk(ref ThriftReader reader, int column)
    {
        var chunk = new ParquetChunk(column, PageCodec.Uncompressed, 0, 0, 0, HasDictionary: false, IsHere: false);
        var isElsewhere = false;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 3 && type == ThriftType.Struct)
            {
                chunk = ReadChunkDescription(ref reader, column);
                continue;
            }

            isElsewhere |= (id == 1 && type == ThriftType.Binary) || id is 8 or 9; // another file, or encryption
            reader.Skip(type);
        }

        return chunk with { IsHere = chunk.IsHere && !isElsewhere };
    }

    private static ParquetChunk ReadChunkDescription(ref ThriftReader reader, int column)
    {
        var codec = PageCodec.Uncompressed;
        long values = 0, packed = 0, dataPage = 0, dictionaryPage = 0;
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
                    values = reader.ReadInteger();
                    break;
                case 7:
                    packed = reader.ReadInteger();
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
        var first = dictionaryPage > 0 ? Math.Min(dictionaryPage, dataPage) : dataPage;
        return new ParquetChunk(column, codec, values, first, packed, hasDictionary, IsHere: true);
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
}
