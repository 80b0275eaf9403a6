namespace Untag.Tests.Architecture;

/// <summary>Where the files of this repository lie when its tests run.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Untag.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Material that several repositories share; it may be absent.</summary>
    public static string Shared => Path.GetFullPath(Path.Join(Root, "..", "shared"));

    /// <summary>A path below the root.</summary>
    public static string File(params string[] segments) => Path.Join([Root, .. segments]);

    /// <summary>Files below the root that belong to the repository, as paths relative to it.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal)
                && !path.StartsWith(".git/", StringComparison.Ordinal)
                && !path.Contains("/.untag/", StringComparison.Ordinal)
                && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Join(folder.FullName, "Untag.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("the tests run outside of the repository");
    }
}
