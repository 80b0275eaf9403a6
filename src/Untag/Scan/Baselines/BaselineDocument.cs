using System.Diagnostics.CodeAnalysis;
using Untag.Scan.Reports;

namespace Untag.Scan.Baselines;

/// <summary>The JSON document <c>untag/baseline/1</c>. Everything is optional here, because people edit it: what is
/// missing is found by <see cref="ToBaseline"/>.</summary>
internal sealed record BaselineDocument(
    string? Schema, ToolPart? Tool, PolicyPart? Policy, DateOnly? Until, IReadOnlyList<BaselinePart>? Findings)
{
    public const string SchemaName = "untag/baseline/1";

    public static BaselineDocument Of(Baseline baseline, ScanReport report) => new(
        SchemaName,
        new ToolPart(ToolVersion.Name, ToolVersion.Version),
        new PolicyPart(report.PolicyName, report.PolicyDigest),
        baseline.Until,
        [.. baseline.Entries.Select(BaselinePart.Of)]);

    /// <summary>The baseline; null when something is missing.</summary>
    public Baseline? ToBaseline()
    {
        if (Policy?.Digest is null || Until is not { } until || Findings is null)
            return null;
        var entries = new List<BaselineEntry>(Findings.Count);
        foreach (var part in Findings)
        {
            if (part is null || !part.TryToEntry(out var entry))
                return null;
            entries.Add(entry);
        }

        return new Baseline { Until = until, Entries = entries };
    }
}

/// <summary>A finding of a baseline.</summary>
internal sealed record BaselinePart(string? Path, string? Rule, string? Level, string? Fingerprint)
{
    public static BaselinePart Of(BaselineEntry entry) =>
        new(entry.Path, entry.Rule, WireNames.Level(entry.Level), entry.Fingerprint);

    public bool TryToEntry([NotNullWhen(true)] out BaselineEntry? entry)
    {
        Level? level = Level switch
        {
            "error" => Scan.Level.Error,
            "warning" => Scan.Level.Warning,
            _ => null,
        };
        entry = level is { } known && Path is not null && Rule is not null && Fingerprint is not null
            ? new BaselineEntry(Path, Rule, known, Fingerprint)
            : null;
        return entry is not null;
    }
}
