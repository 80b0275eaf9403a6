using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>Writes a summary of a check in Markdown: the claims, then the findings.</summary>
public static class ClaimsMarkdown
{
    /// <summary>Writes the summary.</summary>
    public static void Write(CheckReport report, TagPolicy policy, TextWriter output)
    {
        var partial = report.Partial ? ", partial" : "";
        output.Write($"## Untag: {Markdown.Code($"{report.Product.Product} {report.Product.Version}".Trim())}{partial}\n\n");
        output.Write("| claim | verdict | why |\n|---|---|---|\n");
        foreach (var claim in report.Claims)
        {
            var why = claim.Failed.Count > 0 ? claim.Failed[0] : claim.Passed.Count > 0 ? claim.Passed[0] : "";
            output.Write(
                $"| {claim.Claim} | {Claims.Verdict(claim.Verdict)}{(claim.Partial ? ", partial" : "")} | {Markdown.Prose(why)} |\n");
        }

        output.Write("\n");
        MarkdownReport.WriteFindings(report.Scan, policy, output);
    }
}
