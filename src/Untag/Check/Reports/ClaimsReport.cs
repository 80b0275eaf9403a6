using System.Text.Json;

namespace Untag.Check.Reports;

/// <summary>Writes a check as JSON, <c>untag/check/1</c>.</summary>
public static class ClaimsReport
{
    /// <summary>Writes the document in UTF-8, with a line end after the last brace.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(CheckReport report, Stream output)
    {
        JsonSerializer.Serialize(output, CheckDocument.From(report), CheckJson.Readable.CheckDocument);
        output.WriteByte((byte)'\n');
    }
}
