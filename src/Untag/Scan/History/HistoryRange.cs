namespace Untag.Scan.History;

/// <summary>Which part of a repository's history is read.</summary>
public abstract record HistoryRange
{
    private HistoryRange()
    {
    }

    /// <summary>Every commit that HEAD or any ref leads to.</summary>
    public sealed record All : HistoryRange;

    /// <summary>The commits that HEAD leads to and a revision does not.</summary>
    /// <param name="Revision">A name of a commit as git understands it, such as <c>origin/main</c>.</param>
    public sealed record Since(string Revision) : HistoryRange;

    /// <summary>What the next commit would change.</summary>
    public sealed record Staged : HistoryRange;
}

/// <summary>A repository whose history can be read, or why it cannot.</summary>
/// <param name="History">The history; null when it cannot be read.</param>
/// <param name="Problem">What is wrong: lower case, no full stop; empty when nothing is.</param>
/// <param name="Hint">The next step; empty when nothing is wrong.</param>
public readonly record struct HistoryOpening(GitHistory? History, string Problem, string Hint);

/// <summary>A commit as a report names it: never by whom.</summary>
/// <param name="Hash">The first digits of its id, enough to tell it from every other commit that was read.</param>
/// <param name="Date">The day on which it was committed, in UTC.</param>
public readonly record struct CommitName(string Hash, DateOnly Date)
{
    /// <summary>Such as <c>1a2b3c4 (2025-03-01)</c>.</summary>
    public override string ToString() => $"{Hash} ({Date:yyyy-MM-dd})";
}
