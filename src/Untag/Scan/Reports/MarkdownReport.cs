using Untag.Policy;
using Untag.Scan.Baselines;

namespace Untag.Scan.Reports;

/// <summary>Writes a summary of a scan in Markdown, for a comment on a pull request or for
/// <c>$GITHUB_STEP_SUMMARY</c>. It stays below the 65,536 characters that a comment may have.</summary>
public static class MarkdownReport
{
    private const int FindingsMax = 50;
    private const int SkippedMax = 20;

    /// <summary>Writes the summary.</summary>
    public static void Write(ScanReport report, TagPolicy policy, TextWriter output)
    {
        output.Write($"## Untag: {Verdict(report)}\n\n");
        WriteFindings(report, policy, output);
    }

    /// <summary>Writes totals, findings and what was not read, without a heading.</summary>
    internal static void WriteFindings(ScanReport report, TagPolicy policy, TextWriter output)
    {
        var totals = report.Totals;
        output.Write(
            $"{totals.Errors} errors, {totals.Warnings} warnings, {totals.Notes} notes; {totals.Read} files read, "
            + $"{totals.Skipped} not. Policy {Markdown.Code(report.PolicyName)}.\n\n");
        if (report.Baseline is { } baseline)
        {
            output.Write($"Baseline: {baseline.Known} known, {baseline.Gone.Count} gone");
            output.Write(baseline.NotRead == 0 ? ".\n\n" : $", {baseline.NotRead} not read.\n\n");
        }

        WriteTable(report, policy, output);
        WriteSkipped(report, output);
    }

    private static string Verdict(ScanReport report) => report.Verdict switch
    {
        ScanVerdict.Clean => "clean",
        ScanVerdict.Known => "nothing new, known findings remain",
        ScanVerdict.Findings => "findings",
        _ => "partial, not everything was read",
    };

    private static void WriteTable(ScanReport report, TagPolicy policy, TextWriter output)
    {
        var open = report.Findings.Where(finding => finding.Baseline != BaselineState.Known).ToList();
        if (open.Count == 0)
            return;
        output.Write("| level | place | rule | what | why |\n|---|---|---|---|---|\n");
        foreach (var finding in open.OrderByDescending(finding => finding.Level).Take(FindingsMax))
        {
            var rule = policy.Rules.First(candidate => candidate.Code == finding.Rule);
            var why = finding.Why.FirstOrDefault(reason => reason.Weight >= 0).Evidence ?? "";
            var past = Sentences.Past(finding);
            output.Write(
                $"| {WireNames.Level(finding.Level)} | {Markdown.Code(Sentences.Place(finding))} "
                + $"| {finding.Rule} {Markdown.Prose(rule.Title)} | {Markdown.Code(finding.Match)} "
                + $"{Sentences.Does(finding.Kind)}{(past.Length > 0 ? ", " + past : "")} | {Markdown.Prose(why)} |\n");
        }

        output.Write('\n');
        if (open.Count > FindingsMax)
            output.Write($"… and {open.Count - FindingsMax} more; `--format json` lists all.\n\n");
    }

    private static void WriteSkipped(ScanReport report, TextWriter output)
    {
        if (report.Complete)
            return;
        output.Write($"**Partial:** {report.Skipped.Count} not read, or not to the end.\n\n");
        foreach (var skipped in report.Skipped.Take(SkippedMax))
            output.Write($"- {Markdown.Code(skipped.Path)}: {Markdown.Prose(skipped.Reason)}\n");
        if (report.Skipped.Count > SkippedMax)
            output.Write($"- … and {report.Skipped.Count - SkippedMax} more; `--format json` lists all.\n");
        output.Write('\n');
    }
}
