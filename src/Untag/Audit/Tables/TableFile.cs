using Untag.Audit.Tables.Arrow;
using Untag.Audit.Tables.Parquet;

namespace Untag.Audit.Tables;

/// <summary>Opens the tables that an audit can read.</summary>
internal static class TableFile
{
    private const string Hint = "an audit reads Parquet (.parquet), Arrow (.arrow, .feather), CSV (.csv), TSV (.tsv) and JSON Lines (.jsonl)";

    /// <summary>Opens a file for one pass.</summary>
    public static FileStream Open(TableSource source)
    {
        try
        {
            return new FileStream(source.Location, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new AuditInputException($"cannot read `{source.Name}`: {FileProblem.InWords(problem)}", "name a table that can be read");
        }
    }

    /// <summary>The rows of a file, by the ending of its name.</summary>
    /// <exception cref="AuditInputException">There is no such format, or the file is none.</exception>
    public static TableRows Rows(Stream stream, string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => new CsvRows(stream, path, (byte)','),
        ".tsv" or ".tab" => new CsvRows(stream, path, (byte)'\t'),
        ".jsonl" or ".ndjson" => new JsonLinesRows(stream, path),
        ".parquet" or ".pq" => new ParquetRows(stream, path),
        ".arrow" or ".arrows" or ".feather" or ".ipc" => new ArrowRows(stream, path),
        "" => throw new AuditInputException($"`{path}` has no ending that tells its format", Hint),
        var ending => throw new AuditInputException($"`{path}`: tables in {ending} cannot be read", Hint),
    };
}
