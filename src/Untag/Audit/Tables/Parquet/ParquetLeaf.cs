using System.Buffers.Binary;
using System.Numerics;
using Untag.Audit.Tables.Typed;
using Untag.Columnar.Parquet;

namespace Untag.Audit.Tables.Parquet;

/// <summary>The pages of a column through all groups of rows: which of its values are there, and they.</summary>
/// <param name="file">The file.</param>
/// <param name="column">The column.</param>
/// <param name="sink">Takes the values.</param>
internal sealed class ParquetLeaf(SharedFile file, ParquetColumn column, ValueSink sink) : IDisposable
{
    private const int LengthBytes = sizeof(int);
    private const int ReadyValuesMax = 1 << 24; // those that are read at once, and not as they are asked for

    private readonly ParquetPages pages = new(file);
    private ParquetDictionary? dictionary;

    /// <summary>Entries of the present page, those without a value too.</summary>
    public int Entries { get; private set; }

    /// <summary>How deep each entry is filled: <see cref="ParquetColumn.Definitions"/> for one that has a value. Null when all
    /// have.</summary>
    public RunReader? Definitions { get; private set; }

    /// <summary>0 for an entry that begins a row. Null when all do.</summary>
    public RunReader? Repetitions { get; private set; }

    /// <summary>The values.</summary>
    public PageValues Values { get; private set; } = PageValues.None;

    /// <summary>Begins a group of rows.</summary>
    /// <exception cref="InvalidDataException">Its part of the column cannot be read.</exception>
    public void Begin(ParquetChunk chunk)
    {
        pages.Begin(chunk);
        dictionary = null;
        (Entries, Values) = (0, PageValues.None);
    }

    /// <summary>Goes to the next page that has entries.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or there is none.</exception>
    public void NextPage()
    {
        Entries = 0;
        while (Entries == 0)
        {
            var head = pages.Next();
            if (head.Kind == PageKind.Dictionary)
                dictionary = ReadDictionary(head);
            else if (head.Kind is PageKind.Data or PageKind.DataOfVersion2)
                Begin(head);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => pages.Dispose();

    private ParquetDictionary ReadDictionary(PageHead head) =>
        dictionary is null && head.Encoding is PageEncoding.Plain or PageEncoding.PlainDictionary
            ? new ParquetDictionary(pages.Bytes.AsSpan(0, pages.Length).ToArray(), head.Values, column, sink)
            : throw new InvalidDataException("its dictionary is damaged");

    private void Begin(PageHead head)
    {
        Entries = head.Values;
        (Definitions, Repetitions) = (null, null);
        var at = 0;
        if (head.Kind == PageKind.DataOfVersion2)
        {
            at = (int)(head.RepetitionBytes + head.DefinitionBytes);
            if (column.Repetitions > 0)
                Repetitions = new RunReader(pages.Bytes, 0, (int)head.RepetitionBytes, Bits(column.Repetitions));
            if (column.Definitions > 0)
                Definitions = new RunReader(pages.Bytes, (int)head.RepetitionBytes, at, Bits(column.Definitions));
        }
        else
        {
            if (column.Definitions > 0 && head.DefinitionEncoding != PageEncoding.Runs)
                throw new InvalidDataException($"its empty cells are written as {head.DefinitionEncoding}, which is not read");
            if (column.Repetitions > 0)
                Repetitions = LengthAndRuns(ref at, Bits(column.Repetitions));
            if (column.Definitions > 0)
                Definitions = LengthAndRuns(ref at, Bits(column.Definitions));
        }

        Values = ValuesOf(head, at);
    }

    private static int Bits(int most) => BitOperations.Log2((uint)most) + 1;

    private RunReader LengthAndRuns(ref int at, int width)
    {
        if (pages.Length - at < LengthBytes)
            throw new InvalidDataException("a page is damaged");
        var length = BinaryPrimitives.ReadInt32LittleEndian(pages.Bytes.AsSpan(at));
        at += LengthBytes;
        if (length < 0 || length > pages.Length - at)
            throw new InvalidDataException("a page is damaged");
        at += length;
        return new RunReader(pages.Bytes, at - length, at, width);
    }

    private PageValues ValuesOf(PageHead head, int at)
    {
        var (bytes, end, written) = (pages.Bytes, pages.Length, column.Written);
        var isNumber = written is ParquetType.Int32 or ParquetType.Int64 or ParquetType.Float or ParquetType.Double;
        switch (head.Encoding)
        {
            case PageEncoding.Plain when written == ParquetType.Boolean:
                return new PlainBits(bytes, at, end, sink);
            case PageEncoding.Plain when isNumber:
                return new PlainNumbers(bytes, at, end, written, sink);
            case PageEncoding.Plain when written is ParquetType.ByteArray or ParquetType.FixedBytes:
                return new PlainTexts(bytes, at, end, column.Type.Bytes, sink);
            case PageEncoding.Dictionary or PageEncoding.PlainDictionary when dictionary is not null && written != ParquetType.Boolean:
                return at < end && bytes[at] <= 32
                    ? new DictionaryValues(new RunReader(bytes, at + 1, end, bytes[at]), dictionary)
                    : new DictionaryValues(new RunReader(bytes, at, at, 1), dictionary); // every cell is empty
            case PageEncoding.Runs when written == ParquetType.Boolean:
                return new YesOrNoValues(LengthAndRuns(ref at, 1), sink);
            case PageEncoding.DeltaNumbers when written is ParquetType.Int32 or ParquetType.Int64:
                return new ReadyNumbers(Deltas(ref at, head), written, sink);
            case PageEncoding.DeltaLengths when written == ParquetType.ByteArray:
                var lengths = Deltas(ref at, head);
                return new DeltaTexts(bytes, at, end, null, lengths, sink);
            case PageEncoding.DeltaTexts when written is ParquetType.ByteArray or ParquetType.FixedBytes:
                var shared = Deltas(ref at, head);
                var more = Deltas(ref at, head);
                return shared.Length == more.Length
                    ? new DeltaTexts(bytes, at, end, shared, more, sink)
                    : throw new InvalidDataException("a page is damaged");
            case PageEncoding.SplitBytes when isNumber || (written == ParquetType.FixedBytes && column.Type.Bytes > 0):
                return new SplitValues(bytes, at, end, column.Type.Bytes, written, sink);
            default:
                throw new InvalidDataException($"its values are written as {head.Encoding}, which is not read");
        }
    }

    private long[] Deltas(ref int at, PageHead head) =>
        DeltaReader.Read(pages.Bytes, ref at, pages.Length, Math.Min(head.Values, ReadyValuesMax));
}
