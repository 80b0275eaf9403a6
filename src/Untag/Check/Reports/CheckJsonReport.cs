using System.Text.Json;
using Untag.Policy;

namespace Untag.Check.Reports;

/// <summary>Writes a check as the JSON document <c>untag/check/1</c>.</summary>
public static class CheckJsonReport
{
    /// <summary>Writes the document, indented, with a line end.</summary>
    public static void Write(CheckReport report, TagPolicy policy, DateOnly date, Stream output)
    {
        JsonSerializer.Serialize(output, CheckDocument.Of(report, policy, date), CheckWireJson.Readable.CheckDocument);
        output.WriteByte((byte)'\n');
    }
}
