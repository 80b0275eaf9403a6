using Untag.Scan.Baselines;
using Untag.Scan.Timing;

namespace Untag.Scan;

/// <summary>A place that was not read, or not wholly, and why.</summary>
/// <param name="Path">Path as in <see cref="Finding.Path"/>.</param>
/// <param name="Reason">A sentence without full stop: what happened.</param>
public readonly record struct SkippedPath(string Path, string Reason);

/// <summary>How much was read.</summary>
public readonly record struct ScanTotals
{
    /// <summary>Files seen under the given paths, ignored ones left out.</summary>
    public required int Files { get; init; }

    /// <summary>Bytes of the files that were read.</summary>
    public required long Bytes { get; init; }

    /// <summary>Files read to the end.</summary>
    public required int Read { get; init; }

    /// <summary>Files or folders not read, or read only in part.</summary>
    public required int Skipped { get; init; }

    /// <summary>Findings of level error.</summary>
    public required int Errors { get; init; }

    /// <summary>Findings of level warning.</summary>
    public required int Warnings { get; init; }

    /// <summary>Findings of level note.</summary>
    public required int Notes { get; init; }

    /// <summary>Findings that the baseline holds. They are counted here, and under no level.</summary>
    public int Known { get; init; }
}

/// <summary>What a scan found, and how complete it is.</summary>
public sealed record ScanReport
{
    /// <summary>Name of the policy.</summary>
    public required string PolicyName { get; init; }

    /// <summary>SHA-256 of the policy's files, in lower-case hexadecimal.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>Findings in the order of path, line, column and rule.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What could not be read, in the order of path.</summary>
    public required IReadOnlyList<SkippedPath> Skipped { get; init; }

    /// <summary>How much was read.</summary>
    public required ScanTotals Totals { get; init; }

    /// <summary>Paths of all files that were seen, read or not.</summary>
    public required IReadOnlySet<string> SeenPaths { get; init; }

    /// <summary>Why the cache could not be written, as a sentence without full stop; null when it was, or there is
    /// none.</summary>
    public string? CacheProblem { get; init; }

    /// <summary>Where the time went; null when nobody asked.</summary>
    public ScanTimings? Timings { get; init; }

    /// <summary>True when the folder that all paths are relative to was read as a whole.</summary>
    public bool ReadsWholeProduct { get; init; }

    /// <summary>The day of the scan, in UTC.</summary>
    public required DateOnly ScannedOn { get; init; }

    /// <summary>What became of the findings of a baseline; null when there is none.</summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>False when anything was skipped: a partial scan is never clean.</summary>
    public bool Complete => Skipped.Count == 0;

    /// <summary>The verdict in one word. What is missing outweighs what was found.</summary>
    public ScanVerdict Verdict =>
        !Complete ? ScanVerdict.Partial
        : Totals.Errors > 0 ? ScanVerdict.Findings
        : Totals.Known > 0 ? ScanVerdict.Known
        : ScanVerdict.Clean;
}

/// <summary>The outcome of a scan.</summary>
public enum ScanVerdict
{
    /// <summary>Everything was read and nothing of level error was found.</summary>
    Clean,

    /// <summary>Everything was read, and what was found of level error, if anything, is in the baseline: no pass.</summary>
    Known,

    /// <summary>Everything was read and something of level error was found.</summary>
    Findings,

    /// <summary>Something was not read, whatever was found in the rest.</summary>
    Partial,
}
