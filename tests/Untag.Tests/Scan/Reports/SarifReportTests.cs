using System.Text.Json;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Allowances;
using Untag.Scan.Baselines;
using Untag.Scan.Reports;

namespace Untag.Tests.Scan.Reports;

public sealed class SarifReportTests
{
    private static readonly string PublishedSchema = Path.Join(AppContext.BaseDirectory, "schemas", "sarif-2.1.0.json");

    [Fact]
    public async Task Every_report_keeps_to_the_published_schema()
    {
        foreach (var report in new[] { Samples.Report(), Samples.Report(Samples.LabelMap, Samples.Head), Samples.Partial(Samples.Head) })
            Assert.Equal("", await Samples.Violations(PublishedSchema, Write(report)));
    }

    [Fact]
    public async Task The_published_schema_refuses_what_is_no_sarif()
    {
        var broken = Write(Samples.Report(Samples.LabelMap)).Replace("\"startLine\": 12", "\"startLine\": 0", StringComparison.Ordinal);
        Assert.NotEqual("", await Samples.Violations(PublishedSchema, broken));
    }

    [Fact]
    public async Task An_accepted_finding_is_suppressed_and_a_known_one_unchanged()
    {
        var acceptance = new Acceptance(new DateOnly(2027, 6, 30), "bias measurement", null, AllowancePlace.Comment, "a.py:2");
        var report = Samples.Report(Samples.LabelMap with { Accepted = acceptance, Level = Level.Note }, Samples.Head);
        var marked = Baseline.Of(report).Mark(report);
        Assert.Equal("", await Samples.Violations(PublishedSchema, Write(marked)));
        var results = Run(marked).GetProperty("results");
        Assert.Equal("inSource", results[0].GetProperty("suppressions")[0].GetProperty("kind").GetString());
        Assert.Equal(
            "accepted until 2027-06-30 (a.py:2): bias measurement",
            results[0].GetProperty("suppressions")[0].GetProperty("justification").GetString());
        Assert.Equal("new", results[0].GetProperty("baselineState").GetString());
        Assert.Equal("unchanged", results[1].GetProperty("baselineState").GetString());
        Assert.False(Run(report).GetProperty("results")[1].TryGetProperty("suppressions", out _));
    }

    [Fact]
    public void A_place_is_a_percent_encoded_path_relative_to_the_root()
    {
        var place = Run(Samples.Report(Samples.LabelMap)).GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("src/%E4%BA%BA%E7%A7%8D/labels%2C%20v2.py", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("SRCROOT", place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
        Assert.Equal(12, place.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    [Fact]
    public void What_has_no_line_has_a_logical_location_and_no_region()
    {
        var location = Run(Samples.Report(Samples.Head)).GetProperty("results")[0].GetProperty("locations")[0];
        Assert.Equal("byte 4096", location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());
        Assert.False(location.GetProperty("physicalLocation").TryGetProperty("region", out _));
    }

    [Fact]
    public void The_fingerprint_is_the_identity_of_a_result() =>
        Assert.Equal(
            Samples.LabelMap.Fingerprint,
            Run(Samples.Report(Samples.LabelMap)).GetProperty("results")[0].GetProperty("partialFingerprints").GetProperty("untag/v1").GetString());

    [Fact]
    public void A_partial_scan_is_an_execution_without_success_and_says_why()
    {
        var invocation = Run(Samples.Partial()).GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        var notification = invocation.GetProperty("toolExecutionNotifications")[0];
        Assert.Equal(
            "dist/broken file.zip: not a zip archive: 50% is missing",
            notification.GetProperty("message").GetProperty("text").GetString());
        Assert.True(Run(Samples.Report()).GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void Every_rule_has_its_help_and_a_result_points_to_its_rule()
    {
        var run = Run(Samples.Report(Samples.Head));
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal(TagPolicy.Default.Rules.Count, rules.GetArrayLength());
        Assert.All(rules.EnumerateArray(), rule => Assert.NotEmpty(rule.GetProperty("help").GetProperty("text").GetString()!));
        var index = run.GetProperty("results")[0].GetProperty("ruleIndex").GetInt32();
        Assert.Equal(Samples.Head.Rule, rules[index].GetProperty("id").GetString());
    }

    private static string Write(ScanReport report) =>
        Samples.Written(stream => SarifReport.Write(report, TagPolicy.Default, stream));

    private static JsonElement Run(ScanReport report) => Samples.Parsed(Write(report)).GetProperty("runs")[0];
}
