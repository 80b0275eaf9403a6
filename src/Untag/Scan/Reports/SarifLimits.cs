using Untag.Scan.Baselines;

namespace Untag.Scan.Reports;

/// <summary>How much code scanning takes. GitHub refuses a run with more than 25,000 results as a whole, and of those it
/// takes it shows 5,000, the gravest first ("SARIF results exceed one or more limits", docs.github.com). Both happen
/// without a word in the file, so that the file says it.</summary>
public static class SarifLimits
{
    /// <summary>Results that a run may have.</summary>
    public const int ResultsMax = 25_000;

    /// <summary>Results that are shown.</summary>
    public const int ShownMax = 5_000;

    /// <summary>What does not reach the reader of a SARIF file, without full stop; null when everything does.</summary>
    public static string? InWords(ScanReport report)
    {
        var count = report.Findings.Count;
        if (count <= ShownMax)
            return null;
        if (count <= ResultsMax)
            return $"GitHub shows {ShownMax} of these {count} findings, the gravest first; --format json lists all";
        var left = LeftOut(report);
        return $"{count - ResultsMax} of {count} findings are not in the file ({left}), because GitHub takes "
            + $"{ResultsMax} and shows {ShownMax}; --format json lists all";
    }

    /// <summary>The findings that the file holds, in the order of the report: new ones before known ones, errors before
    /// warnings before notes.</summary>
    public static IReadOnlyList<Finding> Kept(ScanReport report) => report.Findings.Count <= ResultsMax
        ? report.Findings
        : [.. ByGravity(report).Take(ResultsMax).OrderBy(entry => entry.Nth).Select(entry => entry.Finding)];

    private static string LeftOut(ScanReport report)
    {
        var left = ByGravity(report).Skip(ResultsMax).CountBy(entry => entry.Finding.Level)
            .OrderByDescending(level => level.Key)
            .Select(level => $"{level.Value} of level {WireNames.Level(level.Key)}");
        return string.Join(", ", left);
    }

    private static IEnumerable<(Finding Finding, int Nth)> ByGravity(ScanReport report) => report.Findings
        .Select((finding, nth) => (Finding: finding, Nth: nth))
        .OrderBy(entry => entry.Finding.Baseline == BaselineState.Known)
        .ThenByDescending(entry => entry.Finding.Level)
        .ThenBy(entry => entry.Nth);
}
