using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Files;

namespace Untag.Check;

/// <summary>The scan that a product file describes.</summary>
public static class ProductScan
{
    /// <summary>The request: what to read, what to leave out and what is accepted. Every path in its report is relative
    /// to the product's folder.</summary>
    public static ScanRequest Request(ProductFile product, TagPolicy policy) => new()
    {
        Sources = [.. product.ScanPaths.Select(path => Source(product.Folder, path))],
        Policy = policy,
        Exclude = product.Exclude,
        Allow = [.. product.Allow.Select(allowance => allowance.Finding)],
        Limits = product.Limits,
    };

    /// <summary>A source whose findings are shown with paths relative to a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">Path of a file or folder below it.</param>
    public static ScanSource Source(string folder, string path)
    {
        var location = Path.GetFullPath(Path.Join(folder, path));
        var shown = Path.GetRelativePath(folder, location).Replace('\\', '/');
        if (shown == ".")
            return new ScanSource.OnDisk(location, "");
        return new ScanSource.OnDisk(location, Directory.Exists(location) ? shown + '/' : shown);
    }

    /// <summary>What ships and was not read, and why.</summary>
    internal static IEnumerable<ShipGap> Unread(
        IReadOnlyList<ShippedFile> shipped, ProductFile product, ScanReport report)
    {
        foreach (var file in shipped)
        {
            var skipped = report.Skipped.FirstOrDefault(skipped => IsPartOf(skipped.Path, file.Path));
            if (skipped.Path is not null)
                yield return new ShipGap(file.Path, $"it was not read to its end: {skipped.Reason}");
            else if (!report.SeenPaths.Contains(file.Path))
                yield return new ShipGap(file.Path, WhyNotListed(file.Path, product));
        }
    }

    private static bool IsPartOf(string place, string file) =>
        place == file || place.StartsWith(file + "!/", StringComparison.Ordinal);

    private static string WhyNotListed(string path, ProductFile product)
    {
        foreach (var pattern in product.Exclude)
        {
            // A pattern that matches a folder leaves out what is below it.
            for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
            {
                if (new Glob(pattern.TrimStart('/')).Matches(path.AsSpan(0, end)))
                    return $"it was not read: `{pattern}` under scan.exclude leaves it out";
            }
        }

        return product.ScanPaths.Any(scanned => Contains(scanned, path))
            ? "it was not read: an ignore file leaves it out; list it under scan.paths"
            : "it was not read: it lies outside of scan.paths";
    }

    private static bool Contains(string scanned, string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(scanned.Replace('\\', '/'));
        folder = folder.StartsWith("./", StringComparison.Ordinal) ? folder[2..] : folder;
        return folder is "." || path == folder || path.StartsWith(folder + '/', StringComparison.Ordinal);
    }
}
