using System.Globalization;
using Untag.Scan.History;

namespace Untag.Scan.Reports;

/// <summary>The JSON document <c>untag/scan/1</c>; its fields are described in docs/formats/scan.md.</summary>
internal sealed record ScanDocument(
    string Schema,
    ToolPart Tool,
    PolicyPart Policy,
    string Verdict,
    bool Complete,
    TotalsPart Totals,
    IReadOnlyList<FindingPart> Findings,
    IReadOnlyList<SkippedPart> Skipped)
{
    public const string SchemaName = "untag/scan/1";

    public static ScanDocument Of(ScanReport report) => new(
        SchemaName,
        new ToolPart(ToolVersion.Name, ToolVersion.Version),
        new PolicyPart(report.PolicyName, report.PolicyDigest),
        WireNames.Verdict(report.Verdict),
        report.Complete,
        TotalsPart.Of(report.Totals),
        [.. report.Findings.Select(FindingPart.Of)],
        [.. report.Skipped.Select(skipped => new SkippedPart(skipped.Path, skipped.Reason))]);
}

/// <summary>The tool that wrote a document.</summary>
internal sealed record ToolPart(string Name, string Version);

/// <summary>The policy that was used.</summary>
internal sealed record PolicyPart(string Name, string Digest);

/// <summary>How much was read.</summary>
internal sealed record TotalsPart(int Files, long Bytes, int Read, int Skipped, int Errors, int Warnings, int Notes)
{
    public static TotalsPart Of(ScanTotals totals) => new(
        totals.Files, totals.Bytes, totals.Read, totals.Skipped, totals.Errors, totals.Warnings, totals.Notes);
}

/// <summary>A path that was not read, and why.</summary>
internal sealed record SkippedPart(string Path, string Reason);

/// <summary>A reason and its weight.</summary>
internal sealed record ReasonPart(string Evidence, int Weight);

/// <summary>A commit, never by whom.</summary>
internal sealed record CommitPart(string Hash, string Date)
{
    public static CommitPart? Of(CommitName? name) =>
        name is { } commit ? new CommitPart(commit.Hash, commit.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null;
}

/// <summary>A finding. Line, column, inner and the commits are left out where they mean nothing.</summary>
internal sealed record FindingPart(
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
    IReadOnlyList<ReasonPart> Why,
    double Confidence,
    string Fingerprint,
    CommitPart? Commit,
    CommitPart? Removed)
{
    public static FindingPart Of(Finding finding) => new(
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
        [.. finding.Why.Select(reason => new ReasonPart(reason.Evidence, reason.Weight))],
        Math.Round(finding.Confidence, 3),
        finding.Fingerprint,
        CommitPart.Of(finding.Added),
        CommitPart.Of(finding.Removed));
}
