using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Untag.Tests.Architecture;
using Untag.TransparencyLog.Trees;

namespace Untag.Tests.TransparencyLog;

/// <summary>Test vectors that others wrote. They lie beside the repository and may be absent.</summary>
internal static class Vectors
{
    public static string Folder { get; } = Path.Join(Repository.Shared, "vectors");

    public static string File(params string[] segments)
    {
        var path = Path.Join([Folder, .. segments]);
        Assert.SkipUnless(Path.Exists(path), "the shared test vectors are not there");
        return path;
    }

    public static JsonElement Json(params string[] segments)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(File(segments)));
        return document.RootElement.Clone();
    }

    /// <summary>Every JSON document below a folder, with its path.</summary>
    public static IReadOnlyList<(string Path, JsonElement Vector)> Below(params string[] segments)
    {
        var folder = File(segments);
        return [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(folder, path), Json(path[(Folder.Length + 1)..])))];
    }

    /// <summary>A hash. Bytes of another length, which some vectors state, stand for any value but the right one; an absent
    /// root and an absent leaf are not the same.</summary>
    public static TreeHash Hash(this JsonElement vector, string name)
    {
        var text = vector.GetProperty(name).GetString() is { Length: > 0 } stated ? stated : Convert.ToBase64String(Encoding.UTF8.GetBytes(name));
        return TreeHash.Parse(text) ?? TreeHash.Read(SHA256.HashData(Convert.FromBase64String(text)));
    }

    /// <summary>The hashes of a proof; null when one of them is no hash.</summary>
    public static List<TreeHash>? Proof(this JsonElement vector)
    {
        var hashes = new List<TreeHash>();
        var proof = vector.GetProperty("proof");
        if (proof.ValueKind == JsonValueKind.Null)
            return hashes;
        foreach (var item in proof.EnumerateArray())
        {
            if (TreeHash.Parse(item.GetString()!) is not { } hash)
                return null;
            hashes.Add(hash);
        }

        return hashes;
    }

    public static ulong Number(this JsonElement vector, string name) => vector.GetProperty(name).GetUInt64();

    public static string Text(this JsonElement vector, string name) => vector.GetProperty(name).GetString()!;
}
