using Untag.Scan.Containers;
using Untag.Scan.Reading;

namespace Untag.Fuzz;

/// <summary>A file that is damaged again and again.</summary>
/// <param name="Format">Name of the reader, or of the container.</param>
/// <param name="Path">Path below the repository.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record Seed(string Format, string Path, byte[] Bytes)
{
    /// <summary>All fixtures and samples, each under the reader that takes it.</summary>
    /// <param name="root">The folder of the repository.</param>
    public static IReadOnlyList<Seed> All(string root)
    {
        var seeds = new List<Seed>();
        foreach (var folder in new[] { "tests/fixtures", "samples" })
        {
            foreach (var file in Directory.GetFiles(System.IO.Path.Join(root, folder), "*", SearchOption.AllDirectories))
            {
                var path = System.IO.Path.GetRelativePath(root, file).Replace('\\', '/');
                if (path.Contains("/make/", StringComparison.Ordinal) || path.Contains("/.untag/", StringComparison.Ordinal))
                    continue;
                if (path.StartsWith("samples/vision-api/", StringComparison.Ordinal))
                    continue; // a service to try the guard on, not a product to scan
                var bytes = File.ReadAllBytes(file);
                seeds.AddRange(FormatsOf(path, bytes).Select(format => new Seed(format, path, bytes)));
            }
        }

        seeds.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return seeds;
    }

    // A document of an office program is an archive, too, and so is a package of Debian.
    private static IEnumerable<string> FormatsOf(string path, byte[] bytes)
    {
        var reader = Readers.OfBinary(path, bytes);
        var container = ContainerSignature.KindOf(bytes);
        if (reader is not null)
            yield return reader.Name;
        if (container != ContainerKind.None)
            yield return ContainerFormat.All.First(format => format.Kind == container).Name;
        if (reader is null && container == ContainerKind.None && SourceText.Decode(bytes) is { } source)
            yield return Readers.OfText(path, source.Text).Name;
    }
}
