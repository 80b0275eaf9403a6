namespace Untag.Scan.Files;

/// <summary>Whose ignore file it is.</summary>
internal enum IgnoreOrigin
{
    /// <summary><c>.gitignore</c>: it says nothing about files that git tracks.</summary>
    Git,

    /// <summary><c>.untagignore</c>.</summary>
    Untag,
}

/// <summary>The patterns of the ignore files from the root of a tree down to one of its folders.</summary>
/// <remarks>Semantics of gitignore(5): the last pattern that matches decides, those of a deeper folder come later, a
/// folder that is ignored is not entered.</remarks>
internal sealed class IgnoreRules
{
    private readonly IgnoreRules? above;
    private readonly string folder;
    private readonly IgnoreOrigin origin;
    private readonly List<Pattern> patterns;

    private IgnoreRules(IgnoreRules? above, string folder, IgnoreOrigin origin, List<Pattern> patterns)
    {
        this.above = above;
        this.folder = folder;
        this.origin = origin;
        this.patterns = patterns;
    }

    /// <summary>No pattern at all.</summary>
    public static IgnoreRules None { get; } = new(null, "", IgnoreOrigin.Untag, []);

    /// <summary>These rules and the lines of one more ignore file.</summary>
    /// <param name="folder">The folder of the ignore file relative to the root: empty, or ending in a slash.</param>
    /// <param name="origin">Whose file it is.</param>
    /// <param name="lines">The lines of the file.</param>
    public IgnoreRules With(string folder, IgnoreOrigin origin, IEnumerable<string> lines)
    {
        var parsed = new List<Pattern>();
        foreach (var line in lines)
        {
            if (Pattern.Parse(line) is { } pattern)
                parsed.Add(pattern);
        }

        return parsed.Count == 0 ? this : new IgnoreRules(this, folder, origin, parsed);
    }

    /// <summary>True when an ignore file leaves the path out.</summary>
    /// <param name="path">Path relative to the root, without a slash at its end.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Ignores(string path, bool isFolder) => IgnoredBy(path, isFolder) is not null;

    /// <summary>Whose ignore file leaves the path out; nothing when none does.</summary>
    /// <param name="path">Path relative to the root, without a slash at its end.</param>
    /// <param name="isFolder">Whether it is a folder: a pattern that ends in a slash holds only for these.</param>
    public IgnoreOrigin? IgnoredBy(string path, bool isFolder)
    {
        for (var rules = this; rules is not null; rules = rules.above)
        {
            var relative = path.AsSpan(rules.folder.Length);
            for (var i = rules.patterns.Count - 1; i >= 0; i--)
            {
                if (rules.patterns[i].Matches(relative, isFolder))
                    return rules.patterns[i].Negated ? null : rules.origin;
            }
        }

        return null;
    }

    private readonly record struct Pattern(Glob Glob, bool Anchored, bool FolderOnly, bool Negated)
    {
        public static Pattern? Parse(string line)
        {
            var text = line.TrimEnd('\r');
            while (text.EndsWith(' ') && !text.EndsWith("\\ ", StringComparison.Ordinal))
                text = text[..^1];
            if (text.Length == 0 || text[0] == '#')
                return null;
            var negated = text[0] == '!';
            if (negated)
                text = text[1..];
            var folderOnly = text.EndsWith('/');
            if (folderOnly)
                text = text[..^1];
            var anchored = text.Contains('/', StringComparison.Ordinal);
            if (text.StartsWith('/'))
                text = text[1..];
            return text.Length == 0 ? null : new Pattern(new Glob(text), anchored, folderOnly, negated);
        }

        public bool Matches(ReadOnlySpan<char> path, bool isFolder)
        {
            if (FolderOnly && !isFolder)
                return false;
            return Glob.Matches(Anchored ? path : path[(path.LastIndexOf('/') + 1)..]);
        }
    }
}
