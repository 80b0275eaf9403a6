using System.Text.Json;
using Untag.Policy;
using Untag.Scan.Reports.Sarif;

namespace Untag.Scan.Reports;

/// <summary>Writes a scan as SARIF 2.1.0.</summary>
public static class SarifReport
{
    private const string SchemaUri = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string Root = "SRCROOT";

    /// <summary>Writes the log, indented, with a line end.</summary>
    public static void Write(ScanReport report, TagPolicy policy, Stream output)
    {
        JsonSerializer.Serialize(output, LogOf(report, policy), WireJson.Readable.SarifLog);
        output.WriteByte((byte)'\n');
    }

    private static SarifLog LogOf(ScanReport report, TagPolicy policy)
    {
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rule in policy.Rules)
            indexes[rule.Code] = indexes.Count;
        var driver = new ToolComponent(
            ToolVersion.Name, ToolVersion.Version, ToolVersion.Version, [.. policy.Rules.Select(DescriptorOf)]);
        var run = new Run(
            new Tool(driver),
            [new Invocation(report.Complete, [.. report.Skipped.Select(NotificationOf)])],
            "utf16CodeUnits",
            new Dictionary<string, ArtifactLocation> { [Root] = new(Description: new Message("The scanned folder.")) },
            [.. report.Findings.Select(finding => ResultOf(finding, indexes[finding.Rule]))]);
        return new SarifLog(SchemaUri, "2.1.0", [run]);
    }

    private static ReportingDescriptor DescriptorOf(Rule rule) => new(
        rule.Code,
        PascalCase(rule.Name),
        new Message(rule.Title + "."),
        new Message(rule.Explanation),
        new Help($"{rule.Explanation}\n\n{rule.Fix}", $"{rule.Explanation}\n\n**What to do.** {rule.Fix}"),
        new Configuration("error"));

    private static Notification NotificationOf(SkippedPath skipped) => new(
        new Message($"{skipped.Path}: {skipped.Reason}"),
        "error",
        [new Location(new PhysicalLocation(LocationOf(skipped.Path)))]);

    private static Result ResultOf(Finding finding, int ruleIndex) => new(
        finding.Rule,
        ruleIndex,
        WireNames.Level(finding.Level),
        new Message(Sentences.Of(finding)),
        [new Location(
            new PhysicalLocation(
                LocationOf(finding.Path), finding.Line is { } line ? new Region(line, finding.Column) : null),
            finding.Inner is { } inner ? [new LogicalLocation(inner)] : null)],
        new Dictionary<string, string> { ["untag/v1"] = finding.Fingerprint },
        Math.Round(finding.Confidence * 100, 0),
        new ResultProperties(
            finding.Trait,
            WireNames.Kind(finding.Kind),
            WireNames.Class(finding.Class),
            [.. finding.Why.Select(reason => new ReasonPart(reason.Evidence, reason.Weight))],
            CommitPart.Of(finding.Added),
            CommitPart.Of(finding.Removed)));

    private static ArtifactLocation LocationOf(string path) =>
        new(string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), Root);

    private static string PascalCase(string kebab) =>
        string.Concat(kebab.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
