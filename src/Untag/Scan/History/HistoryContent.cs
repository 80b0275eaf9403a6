namespace Untag.Scan.History;

/// <summary>A step of the history: what a commit made of a file.</summary>
/// <param name="Commit">Index of the commit; -1 for what is only staged.</param>
/// <param name="Old">Index of the version before; -1 when there was none.</param>
/// <param name="New">Index of the version after; -1 when it was removed.</param>
internal readonly record struct Step(int Commit, int Old, int New);

/// <summary>Everything that was read of a history.</summary>
internal sealed record HistoryContent
{
    /// <summary>The commits, parents before children.</summary>
    public required IReadOnlyList<Commit> Commits { get; init; }

    /// <summary>The steps in the order of the commits.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Path shown of each version.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What the versions gave that hold a place which may be a tag.</summary>
    public required IReadOnlyDictionary<int, FileResult> Results { get; init; }

    /// <summary>Which paths are one file.</summary>
    public required Lineages Lineages { get; init; }

    /// <summary>What could not be read.</summary>
    public required IReadOnlyList<SkippedPath> Skipped { get; init; }

    /// <summary>Versions read to the end.</summary>
    public required int Read { get; init; }

    /// <summary>Bytes read.</summary>
    public required long Bytes { get; init; }
}
