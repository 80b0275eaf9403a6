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
                var bytes = File.ReadAllBytes(file);
                if (FormatOf(path, bytes) is { } format)
                    seeds.Add(new Seed(format, path, bytes));
            }
        }

        seeds.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return seeds;
    }

    private static string? FormatOf(string path, byte[] bytes)
    {
        if (Readers.OfBinary(path, bytes) is { } reader)
            return reader.Name;
        var container = ContainerSignature.KindOf(bytes);
        if (container != ContainerKind.None)
            return ContainerFormat.All.First(format => format.Kind == container).Name;
        return SourceText.Decode(bytes) is { } source ? Readers.OfText(path, source.Text).Name : null;
    }
}
