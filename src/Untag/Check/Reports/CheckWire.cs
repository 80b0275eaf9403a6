using System.Text.Json.Serialization;
using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>The report as it is on the wire, <c>untag/check/1</c>; docs/formats/check.md explains the fields.</summary>
internal sealed record CheckWire(
    string Schema,
    ToolWire Tool,
    PolicyWire Policy,
    ProductWire Product,
    DateOnly CheckedOn,
    bool Partial,
    IReadOnlyList<ClaimWire> Claims,
    IReadOnlyList<ShippedWire> Ships,
    IReadOnlyList<GapWire> Gaps,
    IReadOnlyList<AllowanceWire> Allowances,
    TotalsWire Totals,
    DateOnly LawAsOf,
    IReadOnlyList<LawWire> Law)
{
    public const string SchemaName = "untag/check/1";

    public static CheckWire From(CheckReport report) => new(
        SchemaName,
        ToolWire.This,
        new PolicyWire(report.Scan.PolicyName, report.Scan.PolicyDigest),
        ProductWire.From(report.Product),
        report.CheckedOn,
        report.Partial,
        [.. report.Claims.Select(ClaimWire.From)],
        [.. report.Shipped.Select(file => new ShippedWire(file.Path, file.SizeBytes, file.Sha256))],
        [.. report.Gaps.Select(gap => new GapWire(gap.Entry, gap.Reason))],
        [.. report.Product.Allow.Select(AllowanceWire.From)],
        TotalsWire.From(report.Scan.Totals),
        report.LawAsOf,
        [.. report.Law.Select(LawWire.From)]);
}

internal sealed record ProductWire(string Name, string? Version, string? Role, IReadOnlyList<string> Jurisdictions)
{
    public static ProductWire From(ProductFile product) => new(
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

internal sealed record ClaimWire(
    string Claim,
    string Says,
    string Verdict,
    bool Partial,
    IReadOnlyList<string> Checked,
    IReadOnlyList<string> Passed,
    IReadOnlyList<string> Failed,
    IReadOnlyList<string> NotProven,
    IReadOnlyList<string> Next)
{
    public static ClaimWire From(ClaimResult claim) => new(
        claim.Claim, claim.Says, Untag.Check.Claims.Verdict(claim.Verdict), claim.Partial, claim.Checked, claim.Passed,
        claim.Failed, claim.NotProven, claim.Next);
}

internal sealed record ShippedWire(string Path, long Bytes, string Sha256);

internal sealed record GapWire(string Entry, string Reason);

internal sealed record AllowanceWire(
    string Rule, string Path, string Reason, DateOnly Until, string? Approver, string? Basis,
    IReadOnlyDictionary<string, string> Stated)
{
    public static AllowanceWire From(ProductAllowance allowance) => new(
        allowance.Finding.Rule, allowance.Finding.Path, allowance.Finding.Reason, allowance.Finding.Until,
        allowance.Approver, allowance.Basis, allowance.Stated);
}

internal sealed record LawWire(
    string Id, string Jurisdiction, string Instrument, string Article, string Status, DateOnly? InForce, DateOnly? Until,
    string Says, bool Verified)
{
    public static LawWire From(LegalBasis law) => new(
        law.Id, law.Jurisdiction, law.Instrument, law.Article, law.Status, law.InForce, law.Until, law.Says, law.Verified);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CheckWire))]
internal sealed partial class CheckJson : JsonSerializerContext;
