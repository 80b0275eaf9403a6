using System.Text.Json.Serialization;
using Untag.Evidence.Statements;
using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>The report as it is on the wire, <c>untag/check/1</c>; docs/formats/check.md explains the fields.</summary>
internal sealed record CheckDocument(
    string Schema,
    ToolPart Tool,
    PolicyPart Policy,
    ProductPart Product,
    DateOnly CheckedOn,
    bool Partial,
    IReadOnlyList<ClaimPart> Claims,
    IReadOnlyList<ShippedPart> Ships,
    IReadOnlyList<GapPart> Gaps,
    IReadOnlyList<AllowancePart> Allowances,
    TotalsPart Totals,
    DateOnly LawAsOf,
    IReadOnlyList<LawPart> Law)
{
    public const string SchemaName = "untag/check/1";

    public static CheckDocument From(CheckReport report) => new(
        SchemaName,
        new ToolPart(ToolVersion.Name, ToolVersion.Version),
        new PolicyPart(report.Scan.PolicyName, report.Scan.PolicyDigest),
        ProductPart.From(report.Product),
        report.CheckedOn,
        report.Partial,
        [.. report.Claims.Select(ClaimPart.From)],
        [.. report.Shipped.Select(file => new ShippedPart(file.Path, file.SizeBytes, file.Sha256))],
        [.. report.Gaps.Select(gap => new GapPart(gap.Entry, gap.Reason))],
        [.. report.Product.Allow.Select(AllowancePart.From)],
        TotalsPart.Of(report.Scan.Totals),
        report.LawAsOf,
        [.. report.Law.Select(LawPart.From)]);
}

internal sealed record ProductPart(string Name, string? Version, string? Role, IReadOnlyList<string> Jurisdictions)
{
    public static ProductPart From(ProductFile product) => new(
        product.Product,
        product.Version,
        product.Role switch
        {
            ProductRole.Provider => "provider",
            ProductRole.Deployer => "deployer",
            _ => null,
        },
        product.Jurisdictions);
}

internal sealed record ClaimPart(
    string Claim,
    string Says,
    string Verdict,
    bool Partial,
    IReadOnlyList<string> Checked,
    IReadOnlyList<string> Passed,
    IReadOnlyList<string> Failed,
    IReadOnlyList<ClaimMeasure> Measures,
    IReadOnlyList<string> NotProven,
    IReadOnlyList<string> Next)
{
    public static ClaimPart From(ClaimResult claim) => new(
        claim.Claim, claim.Says, Untag.Check.Claims.Verdict(claim.Verdict), claim.Partial, claim.Checked, claim.Passed,
        claim.Failed, claim.Measures, claim.NotProven, claim.Next);
}

internal sealed record ShippedPart(string Path, long Bytes, string Sha256);

internal sealed record GapPart(string Entry, string Reason);

internal sealed record AllowancePart(
    string Rule, string Path, string Reason, DateOnly Until, string? Approver, string? Basis,
    IReadOnlyDictionary<string, string> Stated)
{
    public static AllowancePart From(ProductAllowance allowance) => new(
        allowance.Finding.Rule, allowance.Finding.Path, allowance.Finding.Reason, allowance.Finding.Until,
        allowance.Finding.Approver, allowance.Basis, allowance.Stated);
}

internal sealed record LawPart(
    string Id, string Jurisdiction, string Instrument, string Article, string Status, DateOnly? InForce, DateOnly? Until,
    string Says, bool Verified)
{
    public static LawPart From(LegalBasis law) => new(
        law.Id, law.Jurisdiction, law.Instrument, law.Article, law.Status, law.InForce, law.Until, law.Says, law.Verified);
}

/// <summary>Every type that a check writes as JSON, compiled ahead of time.</summary>
[JsonSerializable(typeof(CheckDocument))]
internal sealed partial class CheckJson : JsonSerializerContext
{
    /// <summary>The context whose output keeps Chinese and quotes readable.</summary>
    public static CheckJson Readable { get; } = new(ReadableJson.Options);
}
