namespace Untag.Scan.Files;

/// <summary>A file to read.</summary>
/// <param name="Location">Path on disk.</param>
/// <param name="Path">Path shown in findings.</param>
/// <param name="SizeBytes">Its size when it was listed.</param>
internal readonly record struct FoundFile(string Location, string Path, long SizeBytes);

/// <summary>Lists the files below a folder, each once, links not followed.</summary>
internal sealed class FileTree
{
    private static readonly EnumerationOptions AllEntries = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    private readonly string root;
    private readonly string shown;
    private readonly bool readsIgnoreFiles;
    private readonly string? repository;
    private readonly string inRepository;
    private readonly List<Glob> exclude;
    private readonly IReadOnlySet<string> ownFiles;
    private readonly List<FoundFile> files;
    private readonly List<SkippedPath> skipped;
    private GitIndex? index;

    private FileTree(string root, string shown, ScanRequest request, List<FoundFile> files, List<SkippedPath> skipped)
    {
        this.root = root;
        this.shown = shown;
        this.files = files;
        this.skipped = skipped;
        readsIgnoreFiles = request.IgnoreFiles == IgnoreFiles.Respected;
        repository = RepositoryOf(root);
        inRepository = repository is null || repository == root
            ? ""
            : Path.GetRelativePath(repository, root).Replace('\\', '/') + '/';
        ownFiles = request.OwnFiles;
        exclude = [.. request.Exclude.Select(pattern => new Glob(pattern.TrimStart('/')))];
    }

    /// <summary>Appends the files of a folder, or the file itself, and what cannot be listed.</summary>
    public static void List(
        ScanSource.OnDisk source, ScanRequest request, List<FoundFile> files, List<SkippedPath> skipped,
        CancellationToken cancellation)
    {
        if (Directory.Exists(source.Location))
        {
            var tree = new FileTree(Path.GetFullPath(source.Location), source.Shown, request, files, skipped);
            tree.Enter(new DirectoryInfo(tree.root), "", tree.RulesAbove(), Wanted.All, cancellation);
            return;
        }

        var shown = source.Shown.Length > 0 ? source.Shown : Path.GetFileName(source.Location);
        var file = new FileInfo(source.Location);
        if (!file.Exists)
            skipped.Add(new SkippedPath(shown, "there is no such file or folder"));
        else if (!FileKind.IsRegularFile(source.Location))
            skipped.Add(new SkippedPath(shown, "a pipe, socket or device, not a file"));
        else
            files.Add(new FoundFile(source.Location, shown, file.Length));
    }

    private void Enter(
        DirectoryInfo folder, string prefix, IgnoreRules rules, Wanted wanted, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        List<FileSystemInfo> entries;
        try
        {
            entries = [.. folder.EnumerateFileSystemInfos("*", AllEntries)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            skipped.Add(new SkippedPath(Shown(prefix.TrimEnd('/')), $"the folder cannot be listed: {FileProblem.InWords(problem)}"));
            return;
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        rules = RulesOf(entries, prefix, rules);
        foreach (var entry in entries)
        {
            var path = prefix + entry.Name;
            if (entry.Name is ".git" or ".untag" || IsExcluded(path) || ownFiles.Contains(entry.FullName))
                continue;
            var inside = WantedOf(path, entry is DirectoryInfo, rules, wanted);
            if (inside == Wanted.None)
                continue;
            if (IsLink(entry))
                AddLink(entry, path);
            else if (entry is DirectoryInfo inner)
                Enter(inner, path + '/', rules, inside, cancellation);
            else
                AddFile((FileInfo)entry, path);
        }
    }

    // Git ignores only what it does not track: a file that was added in spite of .gitignore is a part of the product.
    private Wanted WantedOf(string path, bool isFolder, IgnoreRules rules, Wanted wanted)
    {
        var ignoredBy = rules.IgnoredBy(inRepository + path, isFolder);
        if (ignoredBy == IgnoreOrigin.Untag)
            return Wanted.None;
        if (ignoredBy is null && wanted == Wanted.All)
            return Wanted.All;
        index ??= ReadIndex();
        var isTracked = isFolder ? index.TracksInside(inRepository + path) : index.Tracks(inRepository + path);
        return isTracked ? Wanted.Tracked : Wanted.None;
    }

    private GitIndex ReadIndex()
    {
        var read = GitIndex.Of(repository!, out var problem);
        if (problem is not null)
        {
            skipped.Add(new SkippedPath(
                Shown(""), $"the index of git cannot be read: {problem}; files that it tracks although .gitignore names them were not read"));
        }

        return read;
    }

    // What it was when the folder was listed counts, as another program may change it meanwhile; so the disk is not asked
    // again. All flags are set of what has vanished.
    private static bool IsLink(FileSystemInfo entry) =>
        entry.Attributes is var attributes && attributes != (FileAttributes)(-1) && attributes.HasFlag(FileAttributes.ReparsePoint);

    private void AddFile(FileInfo file, string path)
    {
        long size;
        try
        {
            size = file.Length;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            skipped.Add(new SkippedPath(Shown(path), $"cannot be read: {FileProblem.InWords(problem)}"));
            return;
        }

        // Pipes and devices have no size; asking the system about every file would cost a call for each.
        if (size == 0 && !FileKind.IsRegularFile(file.FullName))
            skipped.Add(new SkippedPath(Shown(path), "a pipe, socket or device, not a file"));
        else
            files.Add(new FoundFile(file.FullName, Shown(path), size));
    }

    // What a link leads to is read at its own place when that lies in the tree, and is not part of it otherwise.
    private void AddLink(FileSystemInfo link, string path)
    {
        string? target;
        try
        {
            target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            skipped.Add(new SkippedPath(Shown(path), "a link that leads back to itself"));
            return;
        }

        if (target is null || !Path.Exists(target))
            skipped.Add(new SkippedPath(Shown(path), "a link that leads to nothing"));
        else if (IsInside(link.FullName, target))
            skipped.Add(new SkippedPath(Shown(path), "a link to a folder that contains it; not followed"));
        else if (!IsInside(target, root))
            skipped.Add(new SkippedPath(Shown(path), "a link that leads out of the scanned folder; not followed"));
    }

    private static bool IsInside(string path, string folder) =>
        path.StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);

    private bool IsExcluded(string path)
    {
        foreach (var glob in exclude)
        {
            if (glob.Matches(shown + path))
                return true;
        }

        return false;
    }

    private IgnoreRules RulesOf(List<FileSystemInfo> entries, string prefix, IgnoreRules rules)
    {
        if (!readsIgnoreFiles)
            return rules;
        // Outside of a repository a .gitignore says nothing about what ships: an unpacked release has one too.
        if (repository is not null && entries.Exists(entry => entry.Name == ".gitignore"))
            rules = WithFile(rules, Path.Join(root, prefix, ".gitignore"), inRepository + prefix, IgnoreOrigin.Git);
        if (entries.Exists(entry => entry.Name == ".untagignore"))
            rules = WithFile(rules, Path.Join(root, prefix, ".untagignore"), inRepository + prefix, IgnoreOrigin.Untag);
        return rules;
    }

    // The ignore files between the top of the repository and the scanned folder hold for it too.
    private IgnoreRules RulesAbove()
    {
        var rules = IgnoreRules.None;
        if (!readsIgnoreFiles || repository is null || inRepository.Length == 0)
            return rules;
        var folder = "";
        foreach (var segment in inRepository.TrimEnd('/').Split('/'))
        {
            var location = Path.Join(repository, folder, ".gitignore");
            if (File.Exists(location))
                rules = WithFile(rules, location, folder, IgnoreOrigin.Git);
            folder += segment + '/';
        }

        return rules;
    }

    private static string? RepositoryOf(string root)
    {
        for (var folder = new DirectoryInfo(root); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Join(folder.FullName, ".git")))
                return folder.FullName;
        }

        return null;
    }

    private IgnoreRules WithFile(IgnoreRules rules, string location, string folder, IgnoreOrigin origin)
    {
        try
        {
            return rules.With(folder, origin, File.ReadAllLines(location));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            skipped.Add(new SkippedPath(Shown(folder), $"the ignore file cannot be read: {FileProblem.InWords(problem)}"));
            return rules;
        }
    }

    private string Shown(string path) => path.Length == 0 ? (shown.Length == 0 ? "." : shown) : shown + path;

    /// <summary>What of a folder is listed.</summary>
    private enum Wanted
    {
        None,
        Tracked,
        All,
    }
}
