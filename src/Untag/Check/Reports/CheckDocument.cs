using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>The JSON document <c>untag/check/1</c>; its fields are described in docs/formats/check.md.</summary>
internal sealed record CheckDocument(
    string Schema,
    ToolPart Tool,
    ProductPart Product,
    PolicyPart Policy,
    string Date,
    bool Complete,
    IReadOnlyList<ClaimPart> Claims,
    IReadOnlyList<ShippedPart> Ships,
    IReadOnlyList<LawPart> Law,
    string LawAsOf)
{
    public const string SchemaName = "untag/check/1";

    public static CheckDocument Of(CheckReport report, TagPolicy policy, DateOnly date) => new(
        SchemaName,
        new ToolPart(ToolVersion.Name, ToolVersion.Version),
        new ProductPart(report.Product.Product, report.Product.Version),
        new PolicyPart(policy.Name, policy.Digest),
        Iso(date)!,
        report.Complete,
        [.. report.Claims.Select(ClaimPart.Of)],
        [.. report.Ships.Select(file => new ShippedPart(file.Path, file.Sha256, file.SizeBytes, file.Read))],
        [.. report.Law.Select(LawPart.Of)],
        Iso(policy.LawAsOf)!);

    internal static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The product that was checked.</summary>
internal sealed record ProductPart(string Name, string? Version);

/// <summary>A claim and its verdict.</summary>
internal sealed record ClaimPart(
    string Id,
    string Says,
    string Verdict,
    bool Partial,
    IReadOnlyList<string> Because,
    IReadOnlyList<string> Passed,
    IReadOnlyList<string> NotProved,
    string? Next)
{
    public static ClaimPart Of(Claim claim) => new(
        claim.Id, claim.Says, VerdictNames.Of(claim.Verdict), claim.Partial, claim.Because, claim.Passed, claim.NotProved, claim.Next);
}

/// <summary>A released file and its digest.</summary>
internal sealed record ShippedPart(string Path, string Sha256, long Bytes, bool Read);

/// <summary>What an instrument of law says of a trait that was found.</summary>
internal sealed record LawPart(
    string Id, string Jurisdiction, string Instrument, string Article, string Status, string? InForce, string Says, bool Verified)
{
    public static LawPart Of(LegalBasis basis) => new(
        basis.Id, basis.Jurisdiction, basis.Instrument, basis.Article, basis.Status, CheckDocument.Iso(basis.InForce),
        basis.Says, basis.Verified);
}

/// <summary>The names of verdicts in documents and on the terminal.</summary>
public static class VerdictNames
{
    /// <summary>Such as <c>not-checked</c>.</summary>
    public static string Of(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.NotChecked => "not-checked",
        ClaimVerdict.Insufficient => "insufficient",
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.Fails => "fails",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}

/// <summary>Every type that a check writes as JSON, compiled ahead of time.</summary>
[JsonSerializable(typeof(CheckDocument))]
internal sealed partial class CheckWireJson : JsonSerializerContext
{
    /// <summary>The context whose output keeps Chinese and quotes readable.</summary>
    public static CheckWireJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
