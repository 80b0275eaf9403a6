using System.Diagnostics;

namespace Untag.Scan.History;

/// <summary>The git of this machine, run so that a repository which nobody trusts can make it read objects and nothing
/// else.</summary>
/// <remarks>No shell is used. Words come from this folder's code and are object ids otherwise: never a path, a name or
/// a message out of a repository.</remarks>
internal sealed class GitProgram
{
    private static readonly string Nothing = OperatingSystem.IsWindows() ? "nul" : "/dev/null";

    // What a repository's own configuration could use to start a program, or to have git believe something other than
    // its objects. A word on the command line outweighs every file.
    private static readonly string[] Settings =
    [
        "core.fsmonitor=false",
        $"core.hooksPath={Nothing}",
        $"core.attributesFile={Nothing}",
        "core.alternateRefsCommand=",
        "core.sshCommand=false",
        "core.commitGraph=false", // a forged one hides commits
        "core.quotePath=false",
        "diff.external=",
        "diff.renameLimit=400",
        "log.showSignature=false",
        "gc.auto=0",
        "protocol.allow=never",
    ];

    // Set by git when it runs a hook. They speak about the repository of the current folder, and about no other.
    private static readonly string[] OfCurrentFolder =
    [
        "GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    ];

    // Who may be trusted is for the user's own files to say.
    private static readonly string[] OfUser =
        ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH"];

    private readonly string program;
    private readonly string folder;

    private GitProgram(string program, string folder)
    {
        this.program = program;
        this.folder = folder;
    }

    /// <summary>The git on the search path, to be run in a folder; null when there is none.</summary>
    /// <param name="folder">Full path of the folder. A program that lies in it is never taken for git: what is scanned
    /// is not executed. The runtime's own search looks there first.</param>
    /// <param name="searchPath">The folders that may hold it, as in the variable <c>PATH</c>.</param>
    public static GitProgram? Find(string folder, string searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        var top = TopOf(folder);
        foreach (var place in searchPath.Split(Path.PathSeparator))
        {
            if (!Path.IsPathFullyQualified(place) || IsInside(place, top))
                continue;
            var candidate = Path.Join(place, name);
            if (IsProgram(candidate))
                return new GitProgram(candidate, folder);
        }

        return null;
    }

    /// <summary>Starts git in the folder; its standard input and output are open.</summary>
    /// <param name="words">The command and its options.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">It cannot be started.</exception>
    public GitRun Start(IEnumerable<string> words, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("--no-pager");
        start.ArgumentList.Add("--no-optional-locks");
        foreach (var setting in Settings)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        foreach (var word in words)
            start.ArgumentList.Add(word);
        Harden(start.Environment);
        return GitRun.Of(start, cancellation);
    }

    private void Harden(IDictionary<string, string?> environment)
    {
        var isCurrent = folder == Path.TrimEndingDirectorySeparator(Directory.GetCurrentDirectory());
        foreach (var name in environment.Keys.ToList())
        {
            if (name.StartsWith("GIT_", StringComparison.Ordinal)
                && !OfUser.Contains(name) && !(isCurrent && OfCurrentFolder.Contains(name)))
                environment.Remove(name);
        }

        environment["LC_ALL"] = "C"; // its messages are told apart by their words
        environment["GIT_NO_REPLACE_OBJECTS"] = "1"; // what was committed counts, not what was put over it
        environment["GIT_GRAFT_FILE"] = Nothing;
        environment["GIT_NO_LAZY_FETCH"] = "1"; // nothing leaves the machine …
        environment["GIT_ALLOW_PROTOCOL"] = "none"; // … nor with a git that does not know the line above
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ATTR_NOSYSTEM"] = "1";
    }

    private static string TopOf(string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (Path.Exists(Path.Join(above.FullName, ".git")))
                return above.FullName;
        }

        return folder;
    }

    private static bool IsInside(string place, string top)
    {
        var relative = Path.GetRelativePath(top, Path.GetFullPath(place));
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }

    private static bool IsProgram(string path)
    {
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
    }
}
