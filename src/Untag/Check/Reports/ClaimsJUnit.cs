using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>Writes a check as JUnit XML: a test case for each claim, then those of the scan.</summary>
public static class ClaimsJUnit
{
    /// <summary>Writes the document in UTF-8, with a line end.</summary>
    /// <param name="report">The check.</param>
    /// <param name="policy">The policy, whose rules are test cases.</param>
    /// <param name="failsFrom">The level from which a finding makes its test case fail.</param>
    /// <param name="output">Where it is written.</param>
    public static void Write(CheckReport report, TagPolicy policy, Level failsFrom, Stream output)
    {
        var claims = new JUnitSuite("claims", [.. report.Claims.Select(CaseOf)], "");
        JUnitSuite.Write([claims, JUnitReport.SuiteOf(report.Scan, policy, failsFrom)], report.CheckedOn, output);
    }

    private static JUnitCase CaseOf(ClaimResult claim)
    {
        var outcome = claim switch
        {
            { Verdict: ClaimVerdict.Fails } => JUnitOutcome.Failed,
            { Partial: true } or { Verdict: ClaimVerdict.Insufficient } => JUnitOutcome.Errored,
            { Verdict: ClaimVerdict.NotChecked } => JUnitOutcome.Skipped,
            _ => JUnitOutcome.Passed,
        };
        return new JUnitCase(
            $"{claim.Claim}: {claim.Says}", outcome, claim.Failed.Count > 0 ? claim.Failed[0] : Claims.Verdict(claim.Verdict),
            string.Join('\n', claim.Failed.Concat(claim.Next).Select(Harmless.Text)));
    }
}
