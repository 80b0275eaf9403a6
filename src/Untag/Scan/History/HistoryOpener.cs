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
internal static class HistoryOpener
{
    public static HistoryOpening Open(string path, HistoryRange range)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var isFolder = Directory.Exists(full);
        var folder = isFolder ? full : Path.GetDirectoryName(full)!;
        if (GitProgram.Find(folder) is not { } git)
            return Refuse("git is not installed, and it is needed to read the history", "install git, or scan without the history");
        try
        {
            return Open(git, path, isFolder ? "" : Path.GetFileName(full), range);
        }
        catch (IOException problem)
        {
            return Refuse(problem.Message, "check that git works here: `git status`");
        }
    }

    private static HistoryOpening Open(GitProgram git, string path, string file, HistoryRange range)
    {
        var (said, complaint) = Ask(git, "rev-parse", "--is-bare-repository", "--is-shallow-repository",
            "--show-object-format", "--show-prefix");
        if (complaint is not null)
            return Refused(path, complaint);
        var isBare = said[0] == "true";
        if (isBare && range is HistoryRange.Staged)
            return Refuse($"`{path}` is a bare repository, where nothing can be staged", "use --history or --since");
        var head = Ask(git, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").Lines;
        string? since = null;
        if (range is HistoryRange.Since(var revision))
        {
            if (head.Length == 0)
                return Refuse($"`{path}` has no commit yet", "scan without --since");
            since = CommitNamed(git, revision);
            if (since is null)
                return Refuse($"there is no commit `{revision}` in this repository",
                    "name a branch, a tag or a commit; in a shallow clone, fetch it first");
        }

        var facts = new RepositoryFacts
        {
            IsBare = isBare,
            IsPartialClone = Ask(git, "config", "--get-regexp", @"^(extensions\.partialclone|remote\..*\.promisor)$").Lines.Length > 0,
            Cut = said[1] == "true" ? CutOf(git) : new HashSet<ObjectId>(),
            Scope = (said.Length > 3 ? said[3] : "") + file,
            IdDigits = said[2] == "sha256" ? 64 : 40,
            EmptyTree = Ask(git, "hash-object", "-t", "tree", "--stdin").Lines[0],
        };
        return new HistoryOpening(new GitHistory(git, facts, range, head.Length > 0 ? head[0] : null, since), "", "");
    }

    // A word that begins like an option is no revision, whatever the git at hand makes of it.
    private static string? CommitNamed(GitProgram git, string revision) =>
        revision.Length > 0 && revision[0] is not ('-' or '^')
            && Ask(git, "rev-parse", "--verify", "--quiet", revision + "^{commit}").Lines is [var id]
            ? id
            : null;

    private static HashSet<ObjectId> CutOf(GitProgram git)
    {
        var cut = new HashSet<ObjectId>();
        var list = Ask(git, "rev-parse", "--path-format=absolute", "--git-path", "shallow").Lines;
        foreach (var line in File.ReadLines(list[0]))
        {
            if (ObjectId.Parse(Encoding.ASCII.GetBytes(line.Trim())) is { } id)
                cut.Add(id);
        }

        return cut;
    }

    private static (string[] Lines, string? Complaint) Ask(GitProgram git, params string[] words)
    {
        using var run = git.Start(words, CancellationToken.None);
        run.Input.Close();
        using var output = new StreamReader(run.Output, Encoding.UTF8);
        var text = output.ReadToEnd();
        var complaint = run.Complaint();
        return (text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n'), complaint);
    }

    private static HistoryOpening Refused(string path, string complaint)
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
