using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Tests.Scan.Reports;

public sealed class JsonReportTests
{
    [Fact]
    public async Task Every_report_keeps_to_the_schema()
    {
        foreach (var report in new[] { Samples.Report(), Samples.Report(Samples.LabelMap, Samples.Head, Samples.Past), Samples.Partial(Samples.Head) })
            Assert.Equal("", await Samples.Violations(Samples.Schema("scan.schema.json"), Write(report)));
    }

    [Fact]
    public async Task The_schema_refuses_an_unknown_field_and_an_unknown_kind()
    {
        var json = Write(Samples.Report(Samples.LabelMap));
        var schema = Samples.Schema("scan.schema.json");
        Assert.NotEqual("", await Samples.Violations(schema, json.Replace("\"match\"", "\"matched\"", StringComparison.Ordinal)));
        Assert.NotEqual("", await Samples.Violations(schema, json.Replace("label-map", "labels", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, false, "clean")]
    [InlineData(true, false, "findings")]
    [InlineData(true, true, "partial")]
    [InlineData(false, true, "partial")]
    public void A_partial_scan_is_never_clean(bool found, bool skipped, string verdict)
    {
        Finding[] findings = found ? [Samples.LabelMap] : [];
        var json = Samples.Parsed(Write(skipped ? Samples.Partial(findings) : Samples.Report(findings)));
        Assert.Equal(verdict, json.GetProperty("verdict").GetString());
        Assert.Equal(!skipped, json.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public void Chinese_stays_readable() =>
        Assert.Contains("\"match\": \"白人\"", Write(Samples.Report(Samples.LabelMap)), StringComparison.Ordinal);

    [Fact]
    public void What_does_not_apply_is_left_out()
    {
        var findings = Samples.Parsed(Write(Samples.Report(Samples.LabelMap, Samples.Head))).GetProperty("findings");
        Assert.Equal(12, findings[0].GetProperty("line").GetInt32());
        Assert.False(findings[0].TryGetProperty("inner", out _));
        Assert.False(findings[1].TryGetProperty("line", out _));
        Assert.Equal("byte 4096", findings[1].GetProperty("inner").GetString());
    }

    [Fact]
    public void A_tag_of_the_past_names_its_commits()
    {
        var findings = Samples.Parsed(Write(Samples.Report(Samples.LabelMap, Samples.Past))).GetProperty("findings");
        Assert.False(findings[0].TryGetProperty("commit", out _));
        Assert.Equal("1a2b3c4", findings[1].GetProperty("commit").GetProperty("hash").GetString());
        Assert.Equal("2026-01-12", findings[1].GetProperty("removed").GetProperty("date").GetString());
    }

    [Fact]
    public async Task Every_kind_class_and_level_is_in_the_schema()
    {
        foreach (var kind in Enum.GetValues<FindingKind>())
            await Holds(Samples.LabelMap with { Kind = kind });
        foreach (var value in Enum.GetValues<FindingClass>())
            await Holds(Samples.LabelMap with { Class = value });
        foreach (var level in Enum.GetValues<Level>())
            await Holds(Samples.LabelMap with { Level = level });

        static async Task Holds(Finding finding) =>
            Assert.Equal("", await Samples.Violations(Samples.Schema("scan.schema.json"), Write(Samples.Report(finding))));
    }

    private static string Write(ScanReport report) => Samples.Written(stream => JsonReport.Write(report, stream));
}
