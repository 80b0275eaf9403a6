using System.Text;
using System.Text.Json;
using NJsonSchema;
using Untag.Scan;
using Untag.Scan.History;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Reports;

/// <summary>Reports made by hand, which hold every field that a report can have, and the schemas they must keep to.</summary>
internal static class Samples
{
    public static readonly string Digest = new('a', 64);

    public static Finding LabelMap { get; } = new()
    {
        Rule = "UT0101",
        Level = Level.Error,
        Trait = "race",
        Kind = FindingKind.LabelMap,
        Class = FindingClass.ProductTag,
        Path = "src/人种/labels, v2.py",
        Line = 12,
        Column = 5,
        Match = "白人",
        Why = [new Reason("the labels are groups of people", 6), new Reason("it stands in a comment", -1)],
        Confidence = 0.75,
        Fingerprint = "f0f0",
    };

    public static Finding Head { get; } = new()
    {
        Rule = "UT0104",
        Level = Level.Warning,
        Trait = "race",
        Kind = FindingKind.ModelOutput,
        Class = FindingClass.VendorCapability,
        Path = "dist/app.zip!/model.bin",
        Inner = "byte 4096",
        Match = "race_head",
        Why = [],
        Confidence = 1,
        Fingerprint = "f1f1",
    };

    public static Finding Past { get; } = LabelMap with
    {
        Path = "src/gone.py",
        Added = new CommitName("1a2b3c4", new DateOnly(2025, 3, 1)),
        Removed = new CommitName("9f8e7d6", new DateOnly(2026, 1, 12)),
    };

    public static ScanReport Report(params Finding[] findings) => new()
    {
        PolicyName = "default",
        PolicyDigest = Digest,
        Findings = findings,
        Skipped = [],
        SeenPaths = findings.Select(finding => finding.Path).ToHashSet(StringComparer.Ordinal),
        Totals = Totals(findings, skipped: 0),
    };

    public static ScanReport Partial(params Finding[] findings) => Report(findings) with
    {
        Skipped = [new SkippedPath("dist/broken file.zip", "not a zip archive: 50% is missing")],
        Totals = Totals(findings, skipped: 1),
    };

    /// <summary>Violations of a schema, as lines of text; empty when there are none.</summary>
    public static async Task<string> Violations(string schemaFile, string json)
    {
        var schema = await JsonSchema.FromFileAsync(schemaFile, TestContext.Current.CancellationToken);
        return string.Join('\n', schema.Validate(json).Select(error => $"{error.Path}: {error.Kind}"));
    }

    public static string Schema(string name) => Repository.File("docs", "formats", name);

    public static string Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static ScanTotals Totals(Finding[] findings, int skipped) => new()
    {
        Files = 3 + skipped,
        Bytes = 1234,
        Read = 3,
        Skipped = skipped,
        Errors = findings.Count(finding => finding.Level == Level.Error),
        Warnings = findings.Count(finding => finding.Level == Level.Warning),
        Notes = findings.Count(finding => finding.Level == Level.Note),
    };
}
