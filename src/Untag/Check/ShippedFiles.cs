using System.Buffers;
using System.Security.Cryptography;
using Untag.Scan.Files;

namespace Untag.Check;

/// <summary>A file that ships.</summary>
/// <param name="Path">Path relative to the product's folder, with <c>/</c>.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
public readonly record struct ShippedFile(string Path, long SizeBytes, string Sha256);

/// <summary>Something that ships and about which nothing can be said.</summary>
/// <param name="Entry">The path, or the entry of <c>ships</c>.</param>
/// <param name="Reason">Why: a sentence without full stop.</param>
public readonly record struct ShipGap(string Entry, string Reason);

/// <summary>Resolves the entries of <c>ships</c> to files with their digests.</summary>
internal static class ShippedFiles
{
    public const string DigestPrefix = "sha256:";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly EnumerationOptions EveryFile = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
        RecurseSubdirectories = true,
    };

    /// <summary>True for <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public static bool IsDigest(string entry) =>
        entry.StartsWith(DigestPrefix, StringComparison.Ordinal)
        && entry.Length == DigestPrefix.Length + 64
        && !entry.AsSpan(DigestPrefix.Length).ContainsAnyExcept(HexDigits);

    /// <summary>The files that ship, in the order of their paths, and the entries that lead to none.</summary>
    public static (IReadOnlyList<ShippedFile> Files, IReadOnlyList<ShipGap> Gaps) Resolve(
        ProductFile product, CancellationToken cancellation)
    {
        var files = new SortedDictionary<string, ShippedFile>(StringComparer.Ordinal);
        var gaps = new List<ShipGap>();
        var paths = product.Ships.Count == 0 ? [] : List(product.Folder);
        var digests = product.Ships.Any(IsDigest) ? new Dictionary<string, ShippedFile>(StringComparer.Ordinal) : null;
        if (digests is not null)
        {
            foreach (var path in paths)
            {
                if (Digest(product.Folder, path, gaps, cancellation) is { } file)
                    digests.TryAdd(file.Sha256, file);
            }

            gaps.Clear(); // what cannot be read is a gap only when a pattern says that it ships
        }

        foreach (var entry in product.Ships)
        {
            if (digests is not null && IsDigest(entry))
            {
                if (digests.TryGetValue(entry[DigestPrefix.Length..], out var file))
                    files[file.Path] = file;
                else
                    gaps.Add(new ShipGap(entry, "no file of the product has this digest"));
                continue;
            }

            var found = false;
            foreach (var path in Matching(entry, paths))
            {
                found = true;
                if (!files.ContainsKey(path) && Digest(product.Folder, path, gaps, cancellation) is { } file)
                    files[path] = file;
            }

            if (!found)
                gaps.Add(new ShipGap(entry, "no file matches it"));
        }

        return ([.. files.Values], gaps);
    }

    private static IEnumerable<string> Matching(string entry, IReadOnlyList<string> paths)
    {
        var pattern = entry.StartsWith("./", StringComparison.Ordinal) ? entry[2..] : entry;
        var file = new Glob(pattern.TrimEnd('/'));
        var folder = new Glob(pattern.TrimEnd('/') + "/**"); // a folder ships with all that is in it
        return paths.Where(path => file.Matches(path) || folder.Matches(path));
    }

    /// <summary>The files of a product in the order of their paths, without those of git and of Untag.</summary>
    internal static IReadOnlyList<string> List(string folder)
    {
        var paths = new List<string>();
        foreach (var location in Directory.EnumerateFiles(folder, "*", EveryFile))
        {
            var path = Path.GetRelativePath(folder, location).Replace('\\', '/');
            if (!path.StartsWith(".git/", StringComparison.Ordinal) && !path.StartsWith(".untag/", StringComparison.Ordinal))
                paths.Add(path);
        }

        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    private static ShippedFile? Digest(string folder, string path, List<ShipGap> gaps, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            gaps.Add(new ShipGap(path, "the check was interrupted"));
            return null;
        }

        try
        {
            if (!FileKind.IsRegularFile(Path.Join(folder, path)))
            {
                gaps.Add(new ShipGap(path, "a pipe, socket or device, not a file"));
                return null;
            }

            using var stream = File.OpenRead(Path.Join(folder, path));
            return new ShippedFile(path, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            gaps.Add(new ShipGap(path, $"it cannot be read: {FileProblem.InWords(problem)}"));
            return null;
        }
    }
}
