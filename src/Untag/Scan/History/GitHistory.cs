using System.Globalization;
using System.Text;

namespace Untag.Scan.History;

/// <summary>A part of a repository's history, read through git.</summary>
public sealed class GitHistory
{
    private readonly GitProgram git;
    private readonly string? head;
    private readonly string? since;

    internal GitHistory(GitProgram git, RepositoryFacts facts, HistoryRange range, string? head, string? since)
    {
        this.git = git;
        this.head = head;
        this.since = since;
        Facts = facts;
        Range = range;
    }

    /// <summary>Which part it is.</summary>
    public HistoryRange Range { get; }

    /// <summary>True when the repository has no work tree.</summary>
    public bool IsBare => Facts.IsBare;

    internal RepositoryFacts Facts { get; }

    /// <summary>Opens the history of the repository that a path lies in.</summary>
    /// <param name="path">A folder or a file: only what lies in it is read.</param>
    /// <param name="range">Which part of the history.</param>
    /// <param name="cancellation">Ends a git that does not answer.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static HistoryOpening Open(string path, HistoryRange range, CancellationToken cancellation) =>
        new HistoryOpener(path, range, cancellation).Open();

    /// <summary>The commits, parents before children.</summary>
    internal List<Commit> Commits(CancellationToken cancellation, out string? problem)
    {
        var commits = new List<Commit>();
        if (Range is HistoryRange.Staged)
        {
            problem = null;
            return commits;
        }

        using var run = git.Start(
            ["rev-list", "--topo-order", "--reverse", "--timestamp", .. Which, "--"], cancellation);
        run.Input.Close();
        using var lines = new StreamReader(run.Output, Encoding.ASCII);
        while (lines.ReadLine() is { } line)
        {
            if (CommitOf(line) is { } commit)
                commits.Add(commit);
        }

        problem = run.Complaint();
        return commits;
    }

    /// <summary>What the commits changed, in their order; what is staged when that is the range.</summary>
    /// <param name="commits">The commits.</param>
    /// <param name="renames">Whether git is to tell a rename from a removal.</param>
    /// <param name="take">Takes each change.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Why not all changes were taken; null when they were.</returns>
    internal string? Changes(
        IReadOnlyList<Commit> commits, Renames renames, Action<Change> take, CancellationToken cancellation)
    {
        var indexes = new Dictionary<ObjectId, int>(commits.Count);
        foreach (var commit in commits)
            indexes[commit.Id] = indexes.Count;
        string[] form =
        [
            "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
            renames == Renames.Found ? "--find-renames" : "--no-renames",
        ];
        using var run = git.Start(
            Range is HistoryRange.Staged
                ? ["diff-index", "--cached", .. form, head ?? Facts.EmptyTree, "--"]
                : ["diff-tree", "--stdin", "-r", "--root", "-c", .. form],
            cancellation);
        var feeding = Task.Run(() => Feed(run.Input, commits, Facts.IdDigits), CancellationToken.None);
        try
        {
            foreach (var change in new RawChanges(run.Output, id => indexes.GetValueOrDefault(id, -1)).Read())
                take(change);
        }
        catch (InvalidDataException problem)
        {
            return run.Complaint() ?? problem.Message;
        }

        feeding.GetAwaiter().GetResult();
        return run.Complaint();
    }

    /// <summary>The objects that the range leads to and that a partial clone does not hold.</summary>
    internal HashSet<ObjectId> Absent(CancellationToken cancellation)
    {
        var absent = new HashSet<ObjectId>();
        if (!Facts.IsPartialClone || Range is HistoryRange.Staged)
            return absent;
        using var run = git.Start(["rev-list", "--objects", "--missing=print", .. Which, "--"], cancellation);
        run.Input.Close();
        using var lines = new StreamReader(run.Output, Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('?') && ObjectId.Parse(Encoding.ASCII.GetBytes(line[1..])) is { } id)
                absent.Add(id);
        }

        return absent;
    }

    /// <summary>The files of HEAD.</summary>
    internal List<Side> FilesOfHead(CancellationToken cancellation)
    {
        var files = new List<Side>();
        if (head is null)
            return files;
        using var run = git.Start(
            ["diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames", Facts.EmptyTree, head, "--"], cancellation);
        run.Input.Close();
        foreach (var change in new RawChanges(run.Output, _ => -1).Read())
        {
            if (change.New.Type == EntryType.File)
                files.Add(change.New);
        }

        return files;
    }

    /// <summary>A reader of blobs, for one worker.</summary>
    internal BlobReader Blobs(CancellationToken cancellation) =>
        new(() => git.Start(["cat-file", "--batch"], cancellation), Facts.IdDigits, cancellation);

    private string[] Which => since is null ? ["--all"] : [head!, "^" + since];

    private static void Feed(Stream input, IReadOnlyList<Commit> commits, int digits)
    {
        try
        {
            using var writer = new StreamWriter(input, Encoding.ASCII) { NewLine = "\n" };
            foreach (var commit in commits)
                writer.WriteLine(commit.Id.Text(digits));
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // git has ended, and says itself why.
        }
    }

    private static Commit? CommitOf(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0
            && long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && ObjectId.Parse(Encoding.ASCII.GetBytes(line[(space + 1)..])) is { } id
            ? new Commit(id, DayOf(seconds))
            : null;
    }

    // Whoever commits may write any number for the time.
    private static DateOnly DayOf(long seconds)
    {
        var last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        return DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, last)).UtcDateTime);
    }
}
