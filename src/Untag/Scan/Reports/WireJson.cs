using System.Text.Json.Serialization;
using Untag.Scan.Baselines;
using Untag.Scan.Reports.Sarif;

namespace Untag.Scan.Reports;

/// <summary>Every type that is written as JSON by the scan, compiled ahead of time: nothing is found by reflection.</summary>
[JsonSerializable(typeof(ScanDocument))]
[JsonSerializable(typeof(BaselineDocument))]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The context whose output keeps Chinese and quotes readable.</summary>
    public static WireJson Readable { get; } = new(ReadableJson.Options);
}
