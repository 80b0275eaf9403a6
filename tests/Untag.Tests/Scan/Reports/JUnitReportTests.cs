using System.Xml.Linq;
using System.Xml.Schema;
using Untag.Check.Reports;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Baselines;
using Untag.Scan.Reports;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Reports;

public sealed class JUnitReportTests
{
    private static readonly Finding Hostile = Samples.LabelMap with
    {
        Path = "a<b>&\"'.py",
        Match = "]]> <!-- \u0000\u001b[31m \ud800 \uffff 𝔘 </failure>",
        Why = [new Reason("<script>&amp;\u0007", 1)],
    };

    [Fact]
    public void Every_report_keeps_to_the_schema_of_Ant()
    {
        foreach (var report in new[]
            { Samples.Report(), Samples.Report(Samples.LabelMap, Samples.Head), Samples.Partial(Samples.Head), Samples.Report(Hostile) })
        {
            Assert.Empty(Violations(Write(report)));
        }
    }

    [Fact]
    public void The_schema_refuses_a_suite_without_a_clock_and_a_case_with_two_failures()
    {
        var written = Write(Samples.Report(Samples.LabelMap));
        Assert.NotEmpty(Violations(written.Replace("timestamp", "time-stamp", StringComparison.Ordinal)));
        Assert.NotEmpty(Violations(written.Replace("</failure>", "</failure><failure type=\"x\"/>", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_rule_with_findings_fails_and_all_others_pass()
    {
        var suite = Suite(Samples.Report(Samples.LabelMap, Samples.LabelMap with { Line = 13 }, Samples.Head));
        Assert.Equal(TagPolicy.Default.Rules.Count + 1, suite.Elements("testcase").Count());
        var failed = Assert.Single(suite.Elements("testcase"), one => one.HasElements);
        Assert.StartsWith("UT0101 ", failed.Attribute("name")!.Value, StringComparison.Ordinal);
        Assert.Equal("2 findings", failed.Element("failure")!.Attribute("message")!.Value);
        Assert.Contains("error src/人种/labels, v2.py:13:5 UT0101 `白人`", failed.Value, StringComparison.Ordinal);
        Assert.Equal(("1", "0"), (suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value));
        Assert.Contains("warning dist/app.zip!/model.bin (byte 4096) UT0104", suite.Element("system-out")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void With_strict_a_warning_fails_its_rule() =>
        Assert.Equal("1", Suite(Samples.Report(Samples.Head), Level.Warning).Attribute("failures")!.Value);

    [Fact]
    public void A_known_finding_fails_nothing_and_is_listed()
    {
        var report = Samples.Report(Samples.LabelMap);
        var suite = Suite(Baseline.Of(report).Mark(report));
        Assert.Equal("0", suite.Attribute("failures")!.Value);
        Assert.StartsWith("known error src/", suite.Element("system-out")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_read_is_an_error_of_its_own()
    {
        var suite = Suite(Samples.Partial());
        Assert.Equal("1", suite.Attribute("errors")!.Value);
        Assert.Equal("dist/broken file.zip: not a zip archive: 50% is missing", suite.Descendants("error").Single().Value);
    }

    [Fact]
    public void Text_of_a_product_stays_text()
    {
        var details = Suite(Samples.Report(Hostile)).Descendants("failure").Single().Value;
        Assert.Contains("a<b>&\"'.py:12:5", details, StringComparison.Ordinal);
        Assert.Contains("]]> <!-- ··[31m · · 𝔘 </failure>", details, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_of_a_product_begins_a_line_that_a_build_server_would_obey()
    {
        var report = Samples.Report(Samples.LabelMap with { Path = "a\n::error::b\u2028\u009b\u202e.py" }) with
        {
            Skipped = [new SkippedPath("::stop-commands::x", "it is damaged")],
        };
        var suite = Suite(report);
        Assert.StartsWith("error a·::error::b···.py:12:5 ", suite.Descendants("failure").Single().Value, StringComparison.Ordinal);
        Assert.Equal("·:stop-commands::x: it is damaged", suite.Descendants("error").Single().Value);
    }

    [Fact]
    public void A_claim_that_fails_or_is_partial_is_no_passed_test()
    {
        var report = Untag.Check.Checker.Judge(
            new Untag.Check.CheckRequest
            {
                Product = Untag.Check.ProductFile.Without("acme"),
                Policy = TagPolicy.Default,
                Scan = new ScanRequest { Policy = TagPolicy.Default, Sources = [] },
            },
            [], [new Untag.Check.ShipGap("dist/a.whl", "it was not read")], Samples.Report(), null, TestContext.Current.CancellationToken);
        var written = Samples.Written(stream => ClaimsJUnit.Write(report, TagPolicy.Default, Level.Error, stream));
        Assert.Empty(Violations(written));
        var claims = XDocument.Parse(written).Descendants("testsuite").First().Elements("testcase").ToList();
        Assert.Equal(
            ["error", "skipped", "error", "skipped", "skipped"],
            claims.Select(claim => claim.Elements().SingleOrDefault()?.Name.LocalName ?? "passed"));
    }

    private static XElement Suite(ScanReport report, Level failsFrom = Level.Error) =>
        XDocument.Parse(Write(report, failsFrom)).Root!.Element("testsuite")!;

    private static string Write(ScanReport report, Level failsFrom = Level.Error) =>
        Samples.Written(stream => JUnitReport.Write(report, TagPolicy.Default, failsFrom, stream));

    private static List<string> Violations(string xml)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Repository.File("docs", "formats", "junit.xsd"));
        var violations = new List<string>();
        XDocument.Parse(xml).Validate(schemas, (_, violation) => violations.Add(violation.Message));
        return violations;
    }
}
