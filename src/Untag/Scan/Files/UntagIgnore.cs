namespace Untag.Scan.Files;

/// <summary>The <c>.untagignore</c> files of a work tree, asked about paths that need not be there any more.</summary>
/// <param name="root">The folder that the paths are relative to; null when there is none, and nothing is ignored.</param>
internal sealed class UntagIgnore(string? root)
{
    private readonly Dictionary<string, IgnoreRules> rules = new(StringComparer.Ordinal);

    /// <summary>True when the file, or a folder that it lies in, is left out.</summary>
    /// <param name="path">Path of a file, relative to the root.</param>
    public bool Ignores(string path)
    {
        if (root is null)
            return false;
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (RulesOf(FolderOf(path[..slash])).Ignores(path[..slash], isFolder: true))
                return true;
        }

        return RulesOf(FolderOf(path)).Ignores(path, isFolder: false);
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private IgnoreRules RulesOf(string folder)
    {
        if (rules.TryGetValue(folder, out var known))
            return known;
        var above = folder.Length == 0 ? IgnoreRules.None : RulesOf(FolderOf(folder[..^1]));
        return rules[folder] = above.With(folder, IgnoreOrigin.Untag, LinesOf(Path.Join(root, folder, ".untagignore")));
    }

    // A file that cannot be read leaves nothing out.
    private static string[] LinesOf(string location)
    {
        try
        {
            return File.Exists(location) ? File.ReadAllLines(location) : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
