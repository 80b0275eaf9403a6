using System.Text.Json;

namespace Untag.Scan.Reports;

/// <summary>Writes a scan as the JSON document <c>untag/scan/1</c>.</summary>
public static class JsonReport
{
    /// <summary>Writes the document, indented, with a line end.</summary>
    public static void Write(ScanReport report, Stream output)
    {
        JsonSerializer.Serialize(output, ScanDocument.Of(report), WireJson.Readable.ScanDocument);
        output.WriteByte((byte)'\n');
    }
}
