using Untag.Columnar.Parquet;

namespace Untag.Scan.Reading.Tables.Parquet;

/// <summary>Reads what a Parquet file says about its columns: their names, and the labels of text columns whose
/// dictionary is small. A row is about a person: no page of values is ever read.</summary>
internal sealed class ParquetReader : IBinaryReader
{
    public string Name => "Parquet";

    public string Reads => "names of columns, labels of text columns that hold at most 64, metadata; never a row";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8);

    public ReadResult Read(string path, Stream stream)
    {
        try
        {
            return ParquetFooter.Find(stream, out var problem) is { } footer ? Describe(footer, stream) : new ReadResult([], problem);
        }
        catch (InvalidDataException)
        {
            return new ReadResult([], "the footer of the Parquet file is damaged: its columns were not read");
        }
    }

    private static ReadResult Describe(ParquetFooter footer, Stream stream)
    {
        using var dictionaries = new ParquetDictionaries(stream);
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
