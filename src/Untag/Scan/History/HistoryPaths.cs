using Untag.Scan.Files;

namespace Untag.Scan.History;

/// <summary>Which paths of a repository are read, and how a report shows them.</summary>
internal sealed class HistoryPaths
{
    private readonly string scope;
    private readonly string shown;
    private readonly List<Glob> exclude;
    private readonly UntagIgnore ignore;
    private readonly Dictionary<string, string?> known = new(StringComparer.Ordinal);

    public HistoryPaths(ScanSource.InHistory source, ScanRequest request)
    {
        scope = source.History.Facts.Scope;
        shown = source.Shown;
        exclude = [.. request.Exclude.Select(pattern => new Glob(pattern.TrimStart('/')))];
        var hasIgnoreFiles = request.IgnoreFiles == IgnoreFiles.Respected && !source.History.IsBare && IsFolder;
        ignore = new UntagIgnore(hasIgnoreFiles ? source.Location : null);
    }

    private bool IsFolder => scope.Length == 0 || scope.EndsWith('/');

    /// <summary>The path that a finding shows; null when the path is left out.</summary>
    /// <param name="path">Path in the repository.</param>
    public string? Shown(string path)
    {
        if (!known.TryGetValue(path, out var answer))
            known[path] = answer = Decide(path);
        return answer;
    }

    private string? Decide(string path)
    {
        if (!IsFolder)
            return path == scope ? shown : null;
        if (!path.StartsWith(scope, StringComparison.Ordinal))
            return null;
        var relative = path[scope.Length..];
        var isOwn = relative.StartsWith(".untag/", StringComparison.Ordinal) || relative.Contains("/.untag/", StringComparison.Ordinal);
        return isOwn || ignore.Ignores(relative) || IsExcluded(shown + relative) ? null : shown + relative;
    }

    // A pattern that matches a folder leaves out what is below it.
    private bool IsExcluded(string path)
    {
        foreach (var glob in exclude)
        {
            for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
            {
                if (glob.Matches(path.AsSpan(0, end)))
                    return true;
            }
        }

        return false;
    }
}
