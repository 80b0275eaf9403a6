using Untag.Scan.Allowances;

namespace Untag.Scan.Baselines;

/// <summary>What a baseline says of a finding.</summary>
public enum BaselineState
{
    /// <summary>Nothing: the scan was compared with no baseline.</summary>
    NotCompared,

    /// <summary>The baseline does not hold it, or holds it as less grave.</summary>
    New,

    /// <summary>The baseline holds it.</summary>
    Known,
}

/// <summary>A finding that was known when a baseline was written.</summary>
/// <param name="Path">Path as in <see cref="Finding.Path"/>.</param>
/// <param name="Rule">Code of the rule.</param>
/// <param name="Level">Its level at that time.</param>
/// <param name="Fingerprint">Its identity.</param>
public sealed record BaselineEntry(string Path, string Rule, Level Level, string Fingerprint);

/// <summary>What became of the findings of a baseline.</summary>
/// <param name="Known">How many were found again.</param>
/// <param name="Gone">Those that are not there any more although their files were read, or the whole product was.</param>
/// <param name="NotRead">How many are in files that were not read: nothing is said of them.</param>
public sealed record BaselineComparison(int Known, IReadOnlyList<BaselineEntry> Gone, int NotRead);

/// <summary>The findings of an earlier scan. They are not new, which is no reason to call them right.</summary>
public sealed record Baseline
{
    /// <summary>How long a baseline holds when it is written, in days.</summary>
    public const int Days = 180;

    /// <summary>Last day on which it holds, in UTC.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The findings in the order of path, rule and fingerprint.</summary>
    public required IReadOnlyList<BaselineEntry> Entries { get; init; }

    /// <summary>The baseline that a scan leaves: its errors and warnings, those about allowances left out.</summary>
    public static Baseline Of(ScanReport report) => new()
    {
        Until = report.ScannedOn.AddDays(Days),
        Entries =
        [
            .. report.Findings.Where(MayBeKnown)
                .Select(finding => new BaselineEntry(finding.Path, finding.Rule, finding.Level, finding.Fingerprint))
                .OrderBy(entry => entry.Path, StringComparer.Ordinal)
                .ThenBy(entry => entry.Rule, StringComparer.Ordinal)
                .ThenBy(entry => entry.Fingerprint, StringComparer.Ordinal),
        ],
    };

    /// <summary>The report with every finding marked as known or new. Known ones are counted apart.</summary>
    public ScanReport Mark(ScanReport report)
    {
        var known = Entries.ToLookup(entry => entry.Fingerprint, StringComparer.Ordinal);
        var findings = report.Findings.Select(finding => finding with
        {
            Baseline = IsKnown(finding, known) ? BaselineState.Known : BaselineState.New,
        }).ToList();
        var open = findings.Where(finding => finding.Baseline == BaselineState.New).ToList();
        return report with
        {
            Findings = findings,
            Baseline = Compare(report, known),
            Totals = report.Totals with
            {
                Errors = open.Count(finding => finding.Level == Level.Error),
                Warnings = open.Count(finding => finding.Level == Level.Warning),
                Notes = open.Count(finding => finding.Level == Level.Note),
                Known = findings.Count - open.Count,
            },
        };
    }

    // An allowance that has expired must be decided again: no baseline keeps it.
    private static bool MayBeKnown(Finding finding) =>
        finding.Level != Level.Note && !AllowanceRules.IsAboutAllowances(finding.Rule);

    private static bool IsKnown(Finding finding, ILookup<string, BaselineEntry> known) =>
        MayBeKnown(finding) && known[finding.Fingerprint].Any(entry => entry.Level >= finding.Level);

    private BaselineComparison Compare(ScanReport report, ILookup<string, BaselineEntry> known)
    {
        var found = report.Findings.Select(finding => finding.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var skipped = report.Skipped.Select(path => path.Path).ToHashSet(StringComparer.Ordinal);
        var seen = WithFolders(report.SeenPaths);
        var gone = new List<BaselineEntry>();
        var notRead = 0;
        foreach (var entry in Entries)
        {
            if (found.Contains(entry.Fingerprint))
                continue;
            var wasRead = (seen.Contains(entry.Path) || report.ReadsWholeProduct) && !IsWithin(entry.Path, skipped);
            if (wasRead)
                gone.Add(entry);
            else
                notRead++;
        }

        return new BaselineComparison(report.Findings.Count(finding => IsKnown(finding, known)), gone, notRead);
    }

    // A finding may be about a folder.
    private static HashSet<string> WithFolders(IReadOnlySet<string> paths)
    {
        var all = new HashSet<string>(paths, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var at = path.LastIndexOf('/'); at > 0 && all.Add(path[..at]);)
                at = path.LastIndexOf('/', at - 1);
        }

        return all;
    }

    // What is skipped may be a folder or an archive around the file, or everything: `.`.
    private static bool IsWithin(string path, HashSet<string> skipped)
    {
        if (skipped.Contains(".") || skipped.Contains(path))
            return true;
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            if (skipped.Contains(path[..at]) || skipped.Contains(path[..(at - 1)]))
                return true;
        }

        return false;
    }
}
