using System.Text.Json.Serialization;

namespace Untag.Scan.Reports;

/// <summary>The report as it is on the wire, <c>untag/scan/1</c>; docs/formats/scan.md explains the fields.</summary>
internal sealed record ScanWire(
    string Schema,
    ToolWire Tool,
    PolicyWire Policy,
    string Verdict,
    bool Complete,
    TotalsWire Totals,
    IReadOnlyList<FindingWire> Findings,
    IReadOnlyList<SkippedWire> Skipped)
{
    public const string SchemaName = "untag/scan/1";

    public static ScanWire From(ScanReport report) => new(
        SchemaName,
        ToolWire.This,
        new PolicyWire(report.PolicyName, report.PolicyDigest),
        WireNames.Verdict(report.Verdict),
        report.Complete,
        TotalsWire.From(report.Totals),
        [.. report.Findings.Select(FindingWire.From)],
        [.. report.Skipped.Select(skipped => new SkippedWire(skipped.Path, skipped.Reason))]);
}

internal sealed record ToolWire(string Name, string Version)
{
    public static ToolWire This { get; } = new(Untag.Tool.Name, Untag.Tool.Version);
}

internal sealed record PolicyWire(string Name, string Digest);

internal sealed record TotalsWire(int Files, long Bytes, int Read, int Skipped, int Errors, int Warnings, int Notes)
{
    public static TotalsWire From(ScanTotals totals) => new(
        totals.Files, totals.Bytes, totals.Read, totals.Skipped, totals.Errors, totals.Warnings, totals.Notes);
}

internal sealed record FindingWire(
    string Rule,
    string Level,
    string Trait,
    string Kind,
    string Class,
    string Path,
    int? Line,
    int? Column,
    string? Inner,
    string Match,
    IReadOnlyList<ReasonWire> Why,
    double Confidence,
    string Fingerprint)
{
    public static FindingWire From(Finding finding) => new(
        finding.Rule,
        WireNames.Level(finding.Level),
        finding.Trait,
        WireNames.Kind(finding.Kind),
        WireNames.Class(finding.Class),
        finding.Path,
        finding.Line,
        finding.Column,
        finding.Inner,
        finding.Match,
        [.. finding.Why.Select(reason => new ReasonWire(reason.Evidence, reason.Weight))],
        Math.Round(finding.Confidence, 3),
        finding.Fingerprint);
}

internal sealed record ReasonWire(string Evidence, int Weight);

internal sealed record SkippedWire(string Path, string Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScanWire))]
internal sealed partial class ScanJson : JsonSerializerContext;
