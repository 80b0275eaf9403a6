namespace Untag.Scan;

/// <summary>Bounds on the work, so that no input can stop a run. What lies beyond is reported, never passed over.
/// <see cref="ScanLimit.All"/> gives them their names and units.</summary>
public readonly record struct ScanLimits
{
    /// <summary>The bounds used when nobody sets others.</summary>
    public static ScanLimits Default => new()
    {
        FileBytesMax = 32 * 1024 * 1024,
        FileTimeMax = TimeSpan.FromSeconds(60),
        ArchiveDepthMax = 8,
        ArchiveEntriesMax = 100_000,
        ExpandedBytesMax = 8L * 1024 * 1024 * 1024,
        ExpansionRatioMax = 200,
    };

    /// <summary>Size of the largest file whose structure is read, in bytes.</summary>
    public required int FileBytesMax { get; init; }

    /// <summary>How long the reading of one file on disk may take, with everything inside it.</summary>
    public required TimeSpan FileTimeMax { get; init; }

    /// <summary>How many archives may lie inside each other.</summary>
    public required int ArchiveDepthMax { get; init; }

    /// <summary>Entries that are read of one file on disk, those of nested archives included.</summary>
    public required int ArchiveEntriesMax { get; init; }

    /// <summary>Bytes that one file on disk may expand to, nested archives included.</summary>
    public required long ExpandedBytesMax { get; init; }

    /// <summary>How many times its own size one file on disk may expand to. Small files are free to.</summary>
    public required int ExpansionRatioMax { get; init; }
}
