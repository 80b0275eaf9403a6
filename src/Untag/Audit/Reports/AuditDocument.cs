using System.Text.Json;
using System.Text.Json.Serialization;
using Untag.Audit.Judging;

namespace Untag.Audit.Reports;

/// <summary>The JSON document <c>untag/audit/1</c>; its fields are described in docs/formats/audit.md. Every field is always
/// there; what is withheld, or cannot be had, is null.</summary>
internal sealed record AuditDocument(
    string Schema, string? Plan, MethodPart Method, long Rows, long People, IReadOnlyList<GroupPart> Groups, IReadOnlyList<IdentifyPart> Identify,
    IReadOnlyList<TargetPart> Target, IReadOnlyList<CurveDocument> Curves, ClaimsPart Claims, IReadOnlyList<SettlesPart> Settles)
{
    public const string SchemaName = "untag/audit/1";

    public static AuditDocument Of(AuditReport report) => new(
        SchemaName, report.PlanDigest, MethodPart.Of(report.Method), report.Rows, report.People,
        [.. report.Groups.Select(group => new GroupPart(group.Name, group.People, group.Suppressed))],
        [.. report.Identify.Select(line => new IdentifyPart(
            line.Output, line.Measure, line.Group, line.Estimate, line.Low, line.High, line.P, line.PAdjusted, Name(line.Verdict),
            line.NotMeasured, line.Exploratory))],
        [.. report.Target.Select(line => new TargetPart(
            line.Decision, line.Measure, line.Group, line.Reference, line.Estimate, line.Low, line.High, line.N,
            Name(line.Verdict), line.Exploratory))],
        [.. report.Curves.Select(line => new CurveDocument(
            line.Decision, line.Group, [.. line.Points.Select(point => new CurvePointPart(point.Threshold, point.FalsePositive, point.FalseNegative))]))],
        new ClaimsPart(Name(report.NoTagLeaked) ?? "not-checked", Name(report.NoGroupTargeted) ?? "not-checked"),
        [.. report.Settles.Select(line => new SettlesPart(line.Claim, line.Group, line.PeopleNeeded, line.Instead))]);

    private static string? Name(Verdict? verdict) => verdict is { } known ? Verdicts.Name(known) : null;
}

/// <summary>How it was measured.</summary>
internal sealed record MethodPart(
    double Confidence, [property: JsonPropertyName("people_min")] int PeopleMin, [property: JsonPropertyName("leak_auc")] double LeakAuc,
    [property: JsonPropertyName("rate_gap")] double RateGap, IReadOnlyList<string> Strata, [property: JsonPropertyName("label_noise")] IReadOnlyList<string> LabelNoise,
    IReadOnlyList<string> Consumed, IReadOnlyList<ThresholdPart> Thresholds,
    [property: JsonPropertyName("adjusted_by")] string? AdjustedBy)
{
    public static MethodPart Of(AuditMethod method) => new(
        method.Tolerances.Confidence, method.Tolerances.PeopleMin, method.Tolerances.LeakAuc, method.Tolerances.RateGap, method.Strata, method.LabelNoise, method.Consumed,
        [.. method.Thresholds.Select(threshold => new ThresholdPart(threshold.Decision, threshold.Threshold))],
        method.AdjustedBy is { } adjustment ? Multiplicity.Name(adjustment) : null);
}

/// <summary>The deployed threshold of a decision.</summary>
internal sealed record ThresholdPart(string Decision, double Threshold);

/// <summary>A group.</summary>
internal sealed record GroupPart(string Group, long? People, bool Suppressed);

/// <summary>A measure of an output.</summary>
internal sealed record IdentifyPart(
    string Output, string Measure, string? Group, double? Estimate, double? Low, double? High, double? P,
    [property: JsonPropertyName("p_adjusted")] double? PAdjusted, string? Verdict, [property: JsonPropertyName("not_measured")] string? NotMeasured,
    bool Exploratory);

/// <summary>A measure of a decision.</summary>
internal sealed record TargetPart(
    string Decision, string Measure, string? Group, string? Reference, double? Estimate, double? Low, double? High, long? N,
    string? Verdict, bool Exploratory);

/// <summary>The error rates of a group at other thresholds.</summary>
internal sealed record CurveDocument(string Decision, string Group, IReadOnlyList<CurvePointPart> Points);

/// <summary>What a threshold would do.</summary>
internal sealed record CurvePointPart(double Threshold, double Fpr, double Fnr);

/// <summary>The verdicts on the claims.</summary>
internal sealed record ClaimsPart(
    [property: JsonPropertyName(AuditClaims.NoTagLeaked)] string NoTagLeaked,
    [property: JsonPropertyName(AuditClaims.NoGroupTargeted)] string NoGroupTargeted);

/// <summary>How many people would settle a claim.</summary>
internal sealed record SettlesPart(
    string Claim, string? Group, [property: JsonPropertyName("people_needed")] long? PeopleNeeded, string? Instead);

/// <summary>Every type that an audit writes as JSON, compiled ahead of time.</summary>
[JsonSerializable(typeof(AuditDocument))]
[JsonSerializable(typeof(PartialDocument))]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    /// <summary>The context that writes null where there is nothing: a reader need not ask whether a field is there.</summary>
    public static AuditJson Readable { get; } = new(StrictJson.Options(JsonNamingPolicy.CamelCase));
}

/// <summary>Writes an audit as the JSON document <c>untag/audit/1</c>.</summary>
public static class AuditJsonReport
{
    /// <summary>Writes the document, indented, with a line end.</summary>
    public static void Write(AuditReport report, Stream output)
    {
        JsonSerializer.Serialize(output, AuditDocument.Of(report), AuditJson.Readable.AuditDocument);
        output.WriteByte((byte)'\n');
    }
}
