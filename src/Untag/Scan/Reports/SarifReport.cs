using System.Text.Json;
using Untag.Policy;

namespace Untag.Scan.Reports;

/// <summary>Writes a scan as SARIF 2.1.0, the format that code hosts and editors read.</summary>
public static class SarifReport
{
    private const string Root = "SRCROOT";

    /// <summary>Writes one run with every rule of the policy, so that a reader can tell what was looked for.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="policy">The policy of the scan.</param>
    /// <param name="output">Where the UTF-8 goes.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(ScanReport report, TagPolicy policy, Stream output)
    {
        using (var json = ReportJson.Writer(output))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            WriteRun(json, report, policy);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteRun(Utf8JsonWriter json, ScanReport report, TagPolicy policy)
    {
        json.WriteStartObject();
        WriteTool(json, report, policy);
        WriteInvocation(json, report);
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Root);
        WriteText(json, "description", "The scanned folder; its place on the machine is nobody's business.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < policy.Rules.Count; i++)
            indexes[policy.Rules[i].Code] = i;
        foreach (var finding in report.Findings)
            WriteResult(json, finding, indexes);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, ScanReport report, TagPolicy policy)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", Tool.Name);
        json.WriteString("version", Tool.Version);
        json.WriteStartArray("rules");
        foreach (var rule in policy.Rules)
            WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("policy", report.PolicyName);
        json.WriteString("policyDigest", report.PolicyDigest);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Code);
        json.WriteString("name", rule.Name);
        WriteText(json, "shortDescription", rule.Title);
        WriteText(json, "fullDescription", rule.Explanation);
        var help = $"{rule.Explanation}\n\n{rule.Fix}";
        json.WriteStartObject("help");
        json.WriteString("text", help);
        json.WriteString("markdown", help);
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", "error");
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("claim", rule.Claim);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Complete);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var skipped in report.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("level", "error");
            WriteText(json, "message", $"{skipped.Path}: {skipped.Reason}");
            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            WriteArtifact(json, skipped.Path);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, Dictionary<string, int> indexes)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule);
        if (indexes.TryGetValue(finding.Rule, out var index))
            json.WriteNumber("ruleIndex", index);
        json.WriteString("level", WireNames.Level(finding.Level));
        WriteText(json, "message", Message(finding));
        json.WriteStartArray("locations");
        WriteLocation(json, finding);
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("untag/v1", finding.Fingerprint);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("trait", finding.Trait);
        json.WriteString("kind", WireNames.Kind(finding.Kind));
        json.WriteString("class", WireNames.Class(finding.Class));
        json.WriteNumber("confidence", Math.Round(finding.Confidence, 3));
        json.WriteStartArray("why");
        foreach (var reason in finding.Why)
        {
            json.WriteStartObject();
            json.WriteString("evidence", reason.Evidence);
            json.WriteNumber("weight", reason.Weight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, finding.Path);
        if (finding.Line is { } line)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            if (finding.Column is { } column)
                json.WriteNumber("startColumn", column);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (finding.Inner is { } inner)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("name", inner);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteArtifact(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        json.WriteString("uriBaseId", Root);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Message(Finding finding) => finding.Why.Count == 0
        ? $"`{finding.Match}` ({finding.Trait})"
        : $"`{finding.Match}` ({finding.Trait}): {finding.Why[0].Evidence}";
}
