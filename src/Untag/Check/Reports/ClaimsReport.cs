using System.Text.Json;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>Writes a check as JSON, <c>untag/check/1</c>.</summary>
public static class ClaimsReport
{
    /// <summary>Writes the report in UTF-8, with a line end after the last brace.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(CheckReport report, Stream output)
    {
        using (var writer = ReportJson.Writer(output))
            JsonSerializer.Serialize(writer, CheckWire.From(report), CheckJson.Default.CheckWire);
        output.WriteByte((byte)'\n');
    }
}
