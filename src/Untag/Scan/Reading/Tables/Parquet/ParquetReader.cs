using System.Buffers.Binary;

namespace Untag.Scan.Reading.Tables.Parquet;

/// <summary>Reads what a Parquet file says about its columns: their names, and the labels of text columns whose
/// dictionary is small. A row is about a person: no page of values is ever read.</summary>
internal sealed class ParquetReader : IBinaryReader
{
    private const int TailBytes = 8; // length of the footer, and the mark
    private const int FooterBytesMax = 64 * 1024 * 1024;

    public string Name => "Parquet";

    public string Reads => "names of columns, labels of text columns that hold at most 64, metadata; never a row";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8);

    public ReadResult Read(string path, Stream stream)
    {
        try
        {
            return ReadFooter(stream);
        }
        catch (InvalidDataException)
        {
            return new ReadResult([], "the footer of the Parquet file is damaged: its columns were not read");
        }
    }

    private static ReadResult ReadFooter(Stream stream)
    {
        var tail = new byte[TailBytes];
        if (stream.Length < 4 + TailBytes)
            return new ReadResult([], "not a whole Parquet file: the footer with its columns is missing");
        stream.Position = stream.Length - TailBytes;
        stream.ReadExactly(tail);
        if (tail.AsSpan(4).SequenceEqual("PARE"u8))
            return new ReadResult([], "the footer of the Parquet file is encrypted: its columns were not read");
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8))
            return new ReadResult([], "not a whole Parquet file: the footer with its columns is missing");
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > stream.Length - TailBytes - 4)
            throw new InvalidDataException();
        if (length > FooterBytesMax)
            return new ReadResult([], $"the footer of the Parquet file is larger than {FooterBytesMax / 1048576} MiB");
        var bytes = new byte[length];
        stream.Position = stream.Length - TailBytes - length;
        stream.ReadExactly(bytes);
        return Describe(ParquetFooter.Read(bytes), stream);
    }

    private static ReadResult Describe(ParquetFooter footer, Stream stream)
    {
        var dictionaries = new ParquetDictionaries(stream);
        var labels = dictionaries.Read(footer);
        var header = new TableHeader("parquet");
        for (var i = 0; i < footer.Columns.Count; i++)
            header.Add(footer.Columns[i].Path, labels[i]);
        var passages = new List<Passage>();
        if (header.ToPassage(inner: null) is { } columns)
            passages.Add(columns);
        foreach (var (key, text) in footer.Notes)
            TableNotes.AddTo(passages, key, text);
        return new ReadResult(passages, dictionaries.Problems.Count > 0 ? string.Join("; ", dictionaries.Problems) : null);
    }
}
