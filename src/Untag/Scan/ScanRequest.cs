using Untag.Policy;
using Untag.Scan.Allowances;
using Untag.Scan.History;

namespace Untag.Scan;

/// <summary>What to read: a folder or file on disk, or a stream such as standard input.</summary>
public abstract record ScanSource
{
    private ScanSource()
    {
    }

    /// <summary>A folder or a file.</summary>
    /// <param name="Location">Path on disk.</param>
    /// <param name="Shown">What precedes the relative path in a finding; empty for the only root of a scan.</param>
    public sealed record OnDisk(string Location, string Shown) : ScanSource;

    /// <summary>Bytes that come from somewhere else.</summary>
    /// <param name="Name">Path shown in findings; its ending is a hint of the format.</param>
    /// <param name="Bytes">Read once, to the end.</param>
    public sealed record Piped(string Name, Stream Bytes) : ScanSource;

    /// <summary>What the history of a repository holds below a folder or file, or held once.</summary>
    /// <param name="History">The part of the history.</param>
    /// <param name="Location">Path of the folder or file on disk.</param>
    /// <param name="Shown">As that of a folder or file on disk.</param>
    public sealed record InHistory(GitHistory History, string Location, string Shown) : ScanSource;
}

/// <summary>Which files of a folder are left out.</summary>
public enum IgnoreFiles
{
    /// <summary>Those that <c>.gitignore</c> and <c>.untagignore</c> name, and the folder <c>.git</c>.</summary>
    Respected,

    /// <summary>Only the folder <c>.git</c>.</summary>
    Disregarded,
}

/// <summary>Which traits are reported.</summary>
public enum TraitScope
{
    /// <summary>The forbidden ones.</summary>
    Forbidden,

    /// <summary>The sensitive ones too, such as gender and skin tone.</summary>
    Sensitive,
}


/// <summary>Everything a scan needs to know.</summary>
public sealed record ScanRequest
{
    /// <summary>What to read.</summary>
    public required IReadOnlyList<ScanSource> Sources { get; init; }

    /// <summary>Folders and files that are read only for what they tell about the product: nothing in them is
    /// reported.</summary>
    public IReadOnlyList<ScanSource.OnDisk> Surroundings { get; init; } = [];

    /// <summary>What is forbidden and how it is spelt.</summary>
    public required TagPolicy Policy { get; init; }

    /// <summary>Globs of paths to leave out, as findings would show them.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Full paths of what Untag writes itself, such as a baseline or the last report: no part of the product,
    /// though it may lie in its folder.</summary>
    public IReadOnlySet<string> OwnFiles { get; init; } = new HashSet<string>();

    /// <summary>Findings accepted by the product's owner, outside of the files that they are about.</summary>
    public IReadOnlyList<Allowance> Allow { get; init; } = [];

    /// <summary>Tells the day of the scan, on which allowances may have expired.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The day of the scan, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    /// <summary>Which files of a folder are left out.</summary>
    public IgnoreFiles IgnoreFiles { get; init; } = IgnoreFiles.Respected;

    /// <summary>Which traits are reported.</summary>
    public TraitScope Traits { get; init; } = TraitScope.Forbidden;

    /// <summary>Bounds on the work.</summary>
    public ScanLimits Limits { get; init; } = ScanLimits.Default;

    /// <summary>Folder that keeps what files gave, so that only those that have changed are read again; null for none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>True when the report shall tell where the time went.</summary>
    public bool MeasuresTime { get; init; }

    /// <summary>True when the folder that all paths are relative to is read as a whole: then what was not met is not
    /// there.</summary>
    public bool ReadsWholeProduct => Sources.Any(source => source is ScanSource.OnDisk { Shown.Length: 0 } root
        && Directory.Exists(root.Location));

    /// <summary>Workers that read at the same time.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;
}

/// <summary>How far a scan has come.</summary>
/// <param name="FilesSeen">Files found so far.</param>
/// <param name="FilesRead">Files done so far.</param>
/// <param name="BytesRead">Bytes of these.</param>
public readonly record struct ScanProgress(int FilesSeen, int FilesRead, long BytesRead)
{
    /// <summary>What is counted, when it is no files: commits, or versions of files in the history.</summary>
    public string Reading { get; init; } = "files";
}
