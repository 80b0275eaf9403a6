using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Untag.Scan.Reports.Sarif;

namespace Untag.Scan.Reports;

/// <summary>Every type that is written as JSON by the scan, compiled ahead of time: nothing is found by reflection.</summary>
[JsonSerializable(typeof(ScanDocument))]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The context whose output keeps Chinese and quotes readable: reports are files, not parts of a page.</summary>
    public static WireJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
