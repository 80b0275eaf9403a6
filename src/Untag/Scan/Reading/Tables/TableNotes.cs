namespace Untag.Scan.Reading.Tables;

/// <summary>Reads what a writer noted in the metadata of a data set, such as the classes of its labels.</summary>
internal static class TableNotes
{
    // These repeat the names of the columns, for one library each.
    private static readonly string[] Repetitions = ["pandas", "ARROW:schema", "org.apache.spark.sql.parquet.row.metadata", "parquet.avro.schema", "geo"];

    /// <summary>Appends the passages of one note.</summary>
    public static void AddTo(List<Passage> passages, string key, string text)
    {
        if (Array.IndexOf(Repetitions, key) >= 0 || text.Length == 0)
            return;
        var inner = $"metadata {key}";
        if (text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            // Lines of a text within the file say nothing about the file.
            foreach (var passage in JsonReader.Read(text).Passages)
                passages.Add(passage with { Inner = inner, LinesAreEntries = true });
            return;
        }

        passages.Add(new Passage(
            PassageKind.Structure, "metadata",
            [
                new Token(TokenKind.Key, key.AsMemory(), Line: 1, Column: 1, Group: 1),
                new Token(TokenKind.Value, text.AsMemory(), Line: 1, Column: 1, Group: 1),
            ],
            inner) { LinesAreEntries = true });
    }
}
