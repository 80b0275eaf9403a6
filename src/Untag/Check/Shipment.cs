using System.Security.Cryptography;
using Untag.Scan;
using Untag.Scan.Files;

namespace Untag.Check;

/// <summary>Finds the files that a product releases, digests them, and tells which of them the scan read.</summary>
internal static class Shipment
{
    public static (List<ShippedFile> Ships, List<string> Unread) Resolve(
        ProductFile product, ScanReport scan)
    {
        var ships = new List<ShippedFile>();
        var unread = new List<string>();
        var skipped = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in scan.Skipped)
            skipped.TryAdd(path.Path, path.Reason);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pattern in product.Ships)
        {
            var found = Find(product.Folder, pattern);
            if (found.Count == 0)
                unread.Add($"`{pattern}` matches no file");
            foreach (var path in found.Where(seen.Add))
            {
                var reason = !scan.SeenPaths.Contains(path) ? "it is outside of what is scanned" : skipped.GetValueOrDefault(path);
                if (Digest(product.Folder, path, reason is null) is not { } file)
                {
                    unread.Add($"{path}: it cannot be read");
                    continue;
                }

                ships.Add(file);
                if (reason is not null)
                    unread.Add($"{path}: {reason}");
            }
        }

        return (ships, unread);
    }

    private static List<string> Find(string folder, string pattern)
    {
        var location = Path.Join(folder, pattern);
        if (File.Exists(location))
            return [Relative(folder, location)];
        var root = Directory.Exists(location) ? location : Path.Join(folder, FixedPart(pattern));
        var glob = new Glob(pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern);
        var found = new List<string>();
        if (!Directory.Exists(root))
            return found;
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var path = Relative(folder, file);
            if (Directory.Exists(location) || glob.Matches(path))
                found.Add(path);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    // The folders before the first wildcard: what lies outside of them need not be listed.
    private static string FixedPart(string pattern)
    {
        var wild = pattern.IndexOfAny(['*', '?', '[']);
        if (wild < 0)
            return Path.GetDirectoryName(pattern) ?? "";
        var slash = pattern.LastIndexOf('/', wild);
        return slash < 0 ? "" : pattern[..slash];
    }

    private static ShippedFile? Digest(string folder, string path, bool read)
    {
        try
        {
            using var stream = File.OpenRead(Path.Join(folder, path));
            return new ShippedFile(path, Convert.ToHexStringLower(SHA256.HashData(stream)), stream.Length, read);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
