using Untag.Scan.Baselines;

namespace Untag.Scan.Reports;

/// <summary>Writes a scan as annotations of a GitHub workflow, one a line.</summary>
public static class GitHubReport
{
    /// <summary>Writes an annotation for each finding and for each path that was not read.</summary>
    public static void Write(ScanReport report, TextWriter output)
    {
        foreach (var finding in report.Findings)
        {
            var command = finding.Level switch { Level.Error => "error", Level.Warning => "warning", _ => "notice" };
            var place = finding.Line is { } line ? $",line={line},col={finding.Column}" : "";
            if (finding.Baseline == BaselineState.Known)
                continue; // counted below: an annotation on every run would bury what is new
            output.Write(
                $"::{command} file={Property(finding.Path)}{place},title={Property("Untag " + finding.Rule)}::{Text(Sentences.Of(finding))}\n");
        }

        foreach (var skipped in report.Skipped)
            output.Write($"::error file={Property(skipped.Path)},title=Untag: not read::{Text(skipped.Reason)}\n");
        if (report.Baseline is { } baseline)
            output.Write($"::notice title=Untag: baseline::{baseline.Known} known findings, {baseline.Gone.Count} gone\n");
    }

    private static string Text(string text) => Harmless.Text(text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal));

    private static string Property(string text) => Text(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
