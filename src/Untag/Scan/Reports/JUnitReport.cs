using System.Text;
using Untag.Policy;
using Untag.Scan.Baselines;

namespace Untag.Scan.Reports;

/// <summary>Writes a scan as JUnit XML: a test case for each rule, so that what passed is shown as well, and one that
/// fails when something was not read.</summary>
public static class JUnitReport
{
    /// <summary>Writes the document in UTF-8, with a line end.</summary>
    /// <param name="report">The scan.</param>
    /// <param name="policy">The policy, whose rules are the test cases.</param>
    /// <param name="failsFrom">The level from which a finding makes its test case fail.</param>
    /// <param name="output">Where it is written.</param>
    public static void Write(ScanReport report, TagPolicy policy, Level failsFrom, Stream output) =>
        JUnitSuite.Write([SuiteOf(report, policy, failsFrom)], report.ScannedOn, output);

    internal static JUnitSuite SuiteOf(ScanReport report, TagPolicy policy, Level failsFrom)
    {
        var failing = report.Findings.Where(finding => Fails(finding, failsFrom)).ToLookup(finding => finding.Rule);
        var cases = policy.Rules.Select(rule => CaseOf(rule, [.. failing[rule.Code]])).Append(CaseOfReading(report));
        var others = new StringBuilder();
        foreach (var finding in report.Findings.Where(finding => !Fails(finding, failsFrom)))
        {
            var known = finding.Baseline == BaselineState.Known ? "known " : "";
            others.Append(known).Append(Line(finding)).Append('\n');
        }

        return new JUnitSuite("scan", [.. cases], others.ToString());
    }

    private static bool Fails(Finding finding, Level failsFrom) =>
        finding.Level >= failsFrom && finding.Baseline != BaselineState.Known;

    private static JUnitCase CaseOf(Rule rule, List<Finding> findings)
    {
        var name = $"{rule.Code} {rule.Title}";
        return findings.Count == 0
            ? new JUnitCase(name, JUnitOutcome.Passed, "", "")
            : new JUnitCase(
                name, JUnitOutcome.Failed, findings.Count == 1 ? "1 finding" : $"{findings.Count} findings",
                string.Join('\n', findings.Select(Line)));
    }

    private static JUnitCase CaseOfReading(ScanReport report) => report.Complete
        ? new JUnitCase("everything was read", JUnitOutcome.Passed, "", "")
        : new JUnitCase(
            "everything was read", JUnitOutcome.Errored, $"{report.Skipped.Count} not read, or not to the end",
            string.Join('\n', report.Skipped.Select(skipped => Harmless.Text($"{skipped.Path}: {skipped.Reason}"))));

    private static string Line(Finding finding) => Harmless.Text(
        $"{WireNames.Level(finding.Level)} {Sentences.Place(finding)} {finding.Rule} {Sentences.Of(finding)}");
}
