using System.Buffers;
using System.Text.Json;

namespace Untag.Scan.Containers;

/// <summary>The layers of the container images in a tar archive, written by <c>docker save</c> or laid out by OCI. Their
/// files are called by digests, which are new with every build: a number tells a reader more, and lasts.</summary>
internal sealed class ImageLayers
{
    private const int EntriesMax = 10_000;
    private const int DocumentBytesMax = 4 * 1024 * 1024;
    private const int IndexDepthMax = 4; // an index may list others, one for each kind of machine

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly Dictionary<string, Slice> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Of an archive without images.</summary>
    public static ImageLayers None { get; } = new();

    /// <summary>Looks for images, and leaves the archive at its beginning.</summary>
    /// <param name="archive">A tar archive that can seek.</param>
    public static ImageLayers Find(Stream archive)
    {
        var layers = new ImageLayers();
        if (layers.ListFiles(archive))
            layers.ReadNames();
        archive.Position = 0;
        return layers;
    }

    /// <summary>The name of a layer, such as <c>acme/face:1/layer-2</c>; of all else the name that it has.</summary>
    public string NameOf(string entry) => names.GetValueOrDefault(Plain(entry), entry);

    // Damage is reported when the archive is read.
    private bool ListFiles(Stream archive)
    {
        try
        {
            foreach (var item in new TarItems(archive).Read())
            {
                if (files.Count == 0 && !MayBeOfImage(Plain(item.Name)))
                    return false;
                if (files.Count < EntriesMax)
                    files.TryAdd(Plain(item.Name), item.Content);
            }
        }
        catch (IOException)
        {
            return files.Count > 0;
        }

        return true;
    }

    // Every other archive is known by its first entry, and not walked over twice.
    private static bool MayBeOfImage(string name) =>
        name is "manifest.json" or "index.json" or "oci-layout" or "repositories"
        || name.StartsWith("blobs/", StringComparison.Ordinal)
        || (name.Length >= 64 && !name.AsSpan(0, 64).ContainsAnyExcept(Digits));

    private void ReadNames()
    {
        try
        {
            ReadDockerManifest();
            ReadIndex("index.json", "", IndexDepthMax);
        }
        catch (InvalidOperationException)
        {
            // A text in it is not valid Unicode, which is noticed when it is asked for. What has no name keeps its own.
        }
    }

    private void ReadDockerManifest()
    {
        using var manifest = Parse("manifest.json");
        if (manifest?.RootElement is not { ValueKind: JsonValueKind.Array } images)
            return;
        foreach (var image in images.EnumerateArray())
        {
            var tags = Member(image, "RepoTags");
            var tag = tags.ValueKind == JsonValueKind.Array && tags.GetArrayLength() > 0 ? Text(tags[0]) : null;
            AddLayers(tag ?? "", Member(image, "Layers"), Text);
        }
    }

    private void ReadIndex(string file, string tag, int depth)
    {
        using var index = depth > 0 ? Parse(file) : null;
        if (index is null)
            return;
        AddLayers(tag, Member(index.RootElement, "layers"), FileOf);
        var manifests = Member(index.RootElement, "manifests");
        if (manifests.ValueKind != JsonValueKind.Array)
            return;
        foreach (var manifest in manifests.EnumerateArray())
        {
            var named = Text(Member(Member(manifest, "annotations"), "org.opencontainers.image.ref.name"));
            if (FileOf(manifest) is { } next)
                ReadIndex(next, named ?? tag, depth - 1);
        }
    }

    // A layer that several images share is called as in the first of them.
    private void AddLayers(string tag, JsonElement layers, Func<JsonElement, string?> fileOf)
    {
        if (layers.ValueKind != JsonValueKind.Array)
            return;
        var number = 0;
        foreach (var layer in layers.EnumerateArray())
        {
            number++;
            if (fileOf(layer) is { } file)
                names.TryAdd(Plain(file), tag.Length == 0 ? $"layer-{number}" : $"{tag}/layer-{number}");
        }
    }

    private static string? FileOf(JsonElement described) =>
        Text(Member(described, "digest"))?.Split(':') is [var algorithm, var digest] ? $"blobs/{algorithm}/{digest}" : null;

    private JsonDocument? Parse(string file)
    {
        if (!files.TryGetValue(file, out var content) || content.Length > DocumentBytesMax)
            return null;
        try
        {
            content.Position = 0;
            return JsonDocument.Parse(content);
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            return null; // its layers keep the names that they have
        }
    }

    private static JsonElement Member(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) ? value : default;

    private static string? Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static string Plain(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
}
