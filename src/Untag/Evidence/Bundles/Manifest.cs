using System.Security.Cryptography;
using System.Text.Json;

namespace Untag.Evidence.Bundles;

/// <summary>The list of a bundle's files with their digests: the first file in it.</summary>
/// <param name="Schema">Always <see cref="SchemaName"/>.</param>
/// <param name="Files">The files in the order in which they are packed.</param>
public sealed record Manifest(string Schema, IReadOnlyList<ManifestFile> Files)
{
    /// <summary>Path of the manifest in a bundle.</summary>
    public const string Path = "manifest.json";

    /// <summary>Name and version of the format.</summary>
    public const string SchemaName = "untag/bundle/1";

    /// <summary>A bundle of some files.</summary>
    /// <param name="files">The files, in the order in which they are packed.</param>
    /// <param name="withheld">Files that are named and not given.</param>
    public static byte[] Pack(IReadOnlyList<BundleEntry> files, IReadOnlyList<ManifestFile> withheld)
    {
        var manifest = new Manifest(SchemaName, [.. files.Select(Describe), .. withheld]);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, EvidenceJson.Readable.Manifest);
        return BundleArchive.Write([new BundleEntry(Path, bytes), .. files]);
    }

    /// <summary>Unpacks a bundle and compares its files with its manifest.</summary>
    /// <exception cref="VerifyException">It is no bundle, or not as it was packed.</exception>
    public static (Manifest Manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files) Unpack(ReadOnlyMemory<byte> bundle)
    {
        var entries = BundleArchive.Read(bundle);
        if (entries[0].Path != Path)
            throw new VerifyException(VerifyFailure.NotABundle, $"its first file is not `{Path}`");
        var manifest = Parse(entries[0].Bytes.Span);
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var entry in entries.Skip(1))
        {
            if (!files.TryAdd(entry.Path, entry.Bytes))
                throw new VerifyException(VerifyFailure.FileAdded, $"`{entry.Path}` stands in it twice");
        }

        foreach (var file in manifest.Files)
        {
            var found = files.TryGetValue(file.Path, out var bytes);
            if (!found && !file.Withheld)
                throw new VerifyException(VerifyFailure.FileMissing, $"`{file.Path}`");
            if (found && (file.Withheld || DigestOf(bytes.Span) != file.Sha256 || bytes.Length != file.Bytes))
                throw new VerifyException(VerifyFailure.FileChanged, $"`{file.Path}`");
        }

        foreach (var path in files.Keys)
        {
            if (!manifest.Files.Any(file => file.Path == path))
                throw new VerifyException(VerifyFailure.FileAdded, $"`{path}`");
        }

        var packed = manifest.Files.Where(file => !file.Withheld).Select(file => file.Path);
        if (!entries.Skip(1).Select(entry => entry.Path).SequenceEqual(packed))
            throw new VerifyException(VerifyFailure.Repacked, "its files stand in another order");
        return BundleArchive.IsAsWritten(bundle, entries)
            ? (manifest, files)
            : throw new VerifyException(VerifyFailure.Repacked);
    }

    /// <summary>A bundle with more files behind its own.</summary>
    /// <param name="files">The files of this manifest.</param>
    /// <param name="added">The files to add.</param>
    internal byte[] PackWith(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, IEnumerable<BundleEntry> added) => Pack(
        [.. Files.Where(file => !file.Withheld).Select(file => new BundleEntry(file.Path, files[file.Path])), .. added],
        [.. Files.Where(file => file.Withheld)]);

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static ManifestFile Describe(BundleEntry entry) => new(entry.Path, entry.Bytes.Length, DigestOf(entry.Bytes.Span), false);

    private static Manifest Parse(ReadOnlySpan<byte> bytes)
    {
        Manifest? manifest = null;
        try
        {
            manifest = StrictJson.Read(bytes, EvidenceJson.Readable.Manifest);
        }
        catch (JsonException)
        {
        }

        // Written again it must be the same: blanks, other spellings or keys that nobody reads are changes too.
        if (manifest is not { Schema: SchemaName }
            || !JsonSerializer.SerializeToUtf8Bytes(manifest, EvidenceJson.Readable.Manifest).AsSpan().SequenceEqual(bytes))
            throw new VerifyException(VerifyFailure.FileChanged, $"`{Path}` is not a manifest of {SchemaName}");
        return manifest;
    }
}

/// <summary>A file of a bundle.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its digest.</param>
/// <param name="Withheld">True when it is named and not given.</param>
public sealed record ManifestFile(string Path, long Bytes, string Sha256, bool Withheld);
