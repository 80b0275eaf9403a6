using Untag.Policy;
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

/// <summary>A finding that the product's owner has accepted, with a reason and an end.</summary>
/// <param name="Rule">Code of the rule.</param>
/// <param name="Path">Glob of the paths it holds for.</param>
/// <param name="Until">Last day on which it holds.</param>
/// <param name="Reason">Why.</param>
public sealed record Allowance(string Rule, string Path, DateOnly Until, string Reason);

/// <summary>Bounds on the work, so that no input can stop a run. What lies beyond is reported, never passed over.</summary>
public readonly record struct ScanLimits
{
    /// <summary>The bounds used when nobody sets others.</summary>
    public static ScanLimits Default => new()
    {
        FileBytesMax = 32 * 1024 * 1024,
        ArchiveDepthMax = 8,
        ArchiveEntriesMax = 100_000,
        ExpandedBytesMax = 2L * 1024 * 1024 * 1024,
        ExpansionRatioMax = 200,
    };

    /// <summary>Size of the largest file whose structure is read, in bytes.</summary>
    public required int FileBytesMax { get; init; }

    /// <summary>How many archives may lie inside each other.</summary>
    public required int ArchiveDepthMax { get; init; }

    /// <summary>Entries that are read of one file on disk, those of nested archives included.</summary>
    public required int ArchiveEntriesMax { get; init; }

    /// <summary>Bytes that one file on disk may expand to, nested archives included.</summary>
    public required long ExpandedBytesMax { get; init; }

    /// <summary>How many times its packed size an entry may expand to.</summary>
    public required int ExpansionRatioMax { get; init; }
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

    /// <summary>Findings accepted by the product's owner.</summary>
    public IReadOnlyList<Allowance> Allow { get; init; } = [];

    /// <summary>Which files of a folder are left out.</summary>
    public IgnoreFiles IgnoreFiles { get; init; } = IgnoreFiles.Respected;

    /// <summary>Which traits are reported.</summary>
    public TraitScope Traits { get; init; } = TraitScope.Forbidden;

    /// <summary>Bounds on the work.</summary>
    public ScanLimits Limits { get; init; } = ScanLimits.Default;

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
