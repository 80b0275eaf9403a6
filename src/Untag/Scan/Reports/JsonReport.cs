using System.Text.Json;

namespace Untag.Scan.Reports;

/// <summary>Writes a scan as JSON, <c>untag/scan/1</c>.</summary>
public static class JsonReport
{
    /// <summary>Writes the report in UTF-8, with a line end after the last brace.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(ScanReport report, Stream output)
    {
        using (var writer = ReportJson.Writer(output))
            JsonSerializer.Serialize(writer, ScanWire.From(report), ScanJson.Default.ScanWire);
        output.WriteByte((byte)'\n');
    }
}
