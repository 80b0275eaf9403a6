using System.Text;

namespace Untag.Scan.History;

/// <summary>What is known about a repository before its history is read.</summary>
internal sealed record RepositoryFacts
{
    /// <summary>True when it has no work tree.</summary>
    public required bool IsBare { get; init; }

    /// <summary>True when objects were left out when it was cloned.</summary>
    public required bool IsPartialClone { get; init; }

    /// <summary>Commits whose parents were left out when it was cloned.</summary>
    public required IReadOnlySet<ObjectId> Cut { get; init; }

    /// <summary>The scanned folder or file, relative to the top of the repository: empty, ending in a slash, or a file.</summary>
    public required string Scope { get; init; }

    /// <summary>Hexadecimal digits of an id: 40 for SHA-1, 64 for SHA-256.</summary>
    public required int IdDigits { get; init; }

    /// <summary>Id of the tree without entries.</summary>
    public required string EmptyTree { get; init; }
}

/// <summary>Finds git, the repository and the ends of the range, and says in words what is wrong with them.</summary>
internal sealed class HistoryOpener
{
    private readonly string path;
    private readonly HistoryRange range;
    private readonly CancellationToken cancellation;
    private readonly string folder;
    private readonly string file;
    private readonly GitProgram? git;

    /// <summary>Looks for git.</summary>
    public HistoryOpener(string path, HistoryRange range, CancellationToken cancellation)
    {
        this.path = path;
        this.range = range;
        this.cancellation = cancellation;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        (folder, file) = Directory.Exists(full) ? (full, "") : (Path.GetDirectoryName(full)!, Path.GetFileName(full));
        git = GitProgram.Find(folder, Environment.GetEnvironmentVariable("PATH") ?? "");
    }

    /// <summary>Opens the history.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public HistoryOpening Open()
    {
        if (git is null)
            return Refuse("git is not installed, and it is needed to read the history", "install git, or scan without the history");
        try
        {
            return OpenRepository();
        }
        catch (IOException problem)
        {
            return Refuse(problem.Message, "check that git works here: `git status`");
        }
    }

    private HistoryOpening OpenRepository()
    {
        var (said, complaint) = Ask(
            "rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-object-format", "--show-prefix");
        if (complaint is not null)
            return Refused(complaint);
        var isBare = said[0] == "true";
        if (isBare && range is HistoryRange.Staged)
            return Refuse($"`{path}` is a bare repository, where nothing can be staged", "use --history or --since");
        var head = CommitNamed("HEAD");
        string? since = null;
        if (range is HistoryRange.Since(var revision))
        {
            if (head is null)
                return Refuse($"`{path}` has no commit yet", "scan without --since");
            since = CommitNamed(revision);
            if (since is null)
            {
                return Refuse($"there is no commit `{revision}` in this repository",
                    "name a branch, a tag or a commit; in a shallow clone, fetch it first");
            }
        }

        var facts = new RepositoryFacts
        {
            IsBare = isBare,
            IsPartialClone = Ask("config", "--get-regexp", @"^(extensions\.partialclone|remote\..*\.promisor)$").Lines.Length > 0,
            Cut = said[1] == "true" ? Cut() : new HashSet<ObjectId>(),
            Scope = (said.Length > 3 ? said[3] : "") + file,
            IdDigits = said[2] == "sha256" ? 64 : 40,
            EmptyTree = Ask("hash-object", "-t", "tree", "--stdin").Lines[0],
        };
        return new HistoryOpening(new GitHistory(git!, facts, range, head, since), "", "");
    }

    // A word that begins like an option is no revision, whatever the git at hand makes of it.
    private string? CommitNamed(string revision) =>
        revision.Length > 0 && revision[0] is not ('-' or '^')
            && Ask("rev-parse", "--verify", "--quiet", revision + "^{commit}").Lines is [var id]
            ? id
            : null;

    private HashSet<ObjectId> Cut()
    {
        var cut = new HashSet<ObjectId>();
        var list = Ask("rev-parse", "--git-path", "shallow").Lines;
        foreach (var line in File.ReadLines(Path.Combine(folder, list[0])))
        {
            if (ObjectId.Parse(Encoding.ASCII.GetBytes(line.Trim())) is { } id)
                cut.Add(id);
        }

        return cut;
    }

    private (string[] Lines, string? Complaint) Ask(params string[] words)
    {
        using var run = git!.Start(words, cancellation);
        run.Input.Close();
        using var output = new StreamReader(run.Output, Encoding.UTF8);
        var text = output.ReadToEnd();
        var complaint = run.Complaint();
        cancellation.ThrowIfCancellationRequested();
        return (text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n'), complaint);
    }

    private HistoryOpening Refused(string complaint)
    {
        if (complaint.StartsWith("not a git repository", StringComparison.Ordinal))
            return Refuse($"`{path}` does not lie in a git repository", "name a repository, or scan without the history");
        if (complaint.StartsWith("detected dubious ownership", StringComparison.Ordinal))
        {
            return Refuse($"git does not read `{path}`, because the repository belongs to another user",
                "if you trust it: git config --global --add safe.directory <its full path>");
        }

        return Refuse($"git does not read `{path}`: {complaint}", "`git status` in that folder tells more");
    }

    private static HistoryOpening Refuse(string problem, string hint) => new(null, problem, hint);
}
