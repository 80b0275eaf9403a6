using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Untag.Scan.Caching;

/// <summary>What the files of earlier scans gave, by their content: a file that has not changed is not read again.</summary>
/// <remarks>
/// An entry counts for one path and one content, and the whole cache for one policy, one build of Untag, the same limits
/// and the same roots: whatever else changes, another file is used. It is written beside its final name and renamed, so
/// that it is whole or not there; of scans at the same time the last one wins, and none disturbs the other. A file that
/// was not read to the end is never kept.
/// </remarks>
internal sealed class ScanCache
{
    private const string Magic = "untag/cache/1\n";
    private const string NewSuffix = ".new";
    private const string Own = ".untag"; // a folder of this name is part of no product
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string file;
    private readonly byte[] key;
    private readonly int markCount;
    private readonly Dictionary<string, CacheEntry> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CacheEntry> kept = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    private ScanCache(string folder, byte[] key, int markCount)
    {
        this.key = key;
        this.markCount = markCount;
        file = Path.Join(folder, Own, Convert.ToHexStringLower(key.AsSpan(0, 16)) + ".cache");
    }

    /// <summary>Opens the cache of a scan. One that is damaged, or that cannot be read, is an empty one.</summary>
    /// <param name="folder">Folder of all caches.</param>
    /// <param name="request">What is read, and how.</param>
    /// <param name="markCount">Number of marks that a result has.</param>
    public static ScanCache Open(string folder, ScanRequest request, int markCount)
    {
        var cache = new ScanCache(folder, CacheKey.Of(request), markCount);
        try
        {
            cache.Load(File.ReadAllBytes(cache.file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            cache.known.Clear();
        }

        return cache;
    }

    /// <summary>What a file gave when it had this content.</summary>
    /// <param name="path">Path shown in findings.</param>
    /// <param name="digest">SHA-256 of the content.</param>
    /// <param name="result">The result.</param>
    public bool TryFind(string path, ReadOnlySpan<byte> digest, [NotNullWhen(true)] out FileResult? result)
    {
        result = null;
        if (!known.TryGetValue(path, out var entry) || !digest.SequenceEqual(entry.Digest))
            return false;
        result = ResultCodec.Read(entry.Result, markCount);
        Keep(path, entry);
        return true;
    }

    /// <summary>Keeps what a file gave, if it was read to the end.</summary>
    /// <param name="path">Path shown in findings.</param>
    /// <param name="digest">SHA-256 of the content.</param>
    /// <param name="result">The result.</param>
    public void Add(string path, byte[] digest, FileResult result)
    {
        if (result.All.All(one => one.Problem is null))
            Keep(path, new CacheEntry(digest, ResultCodec.Write(result)));
    }

    /// <summary>Writes the cache.</summary>
    /// <param name="isWhole">True when every file was met: then what was not met is forgotten.</param>
    /// <returns>Why it could not be written, as a sentence without full stop; null when it was.</returns>
    public string? Save(bool isWhole)
    {
        if (!isWhole)
        {
            foreach (var (path, entry) in known)
                kept.TryAdd(path, entry);
        }

        if (!HasNews())
            return null;
        try
        {
            CreateFolder(Path.GetDirectoryName(file)!);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnly;
            // Whoever writes at the same time is refused here, and keeps nothing: its next run reads once more.
            using (var stream = new FileStream(file + NewSuffix, options))
                Write(stream);
            File.Move(file + NewSuffix, file, overwrite: true);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{file} could not be written: {FileProblem.InWords(problem)}";
        }
    }

    // Most runs meet what the last one met: the file that they would write lies there.
    private bool HasNews() => kept.Count != known.Count || kept.Any(pair => !known.TryGetValue(pair.Key, out var entry) || entry != pair.Value);

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    private void Keep(string path, CacheEntry entry)
    {
        lock (gate)
            kept[path] = entry;
    }

    private void Write(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true);
        writer.Write(Encoding.UTF8.GetBytes(Magic));
        writer.Write(key);
        writer.Write(kept.Count);
        foreach (var (path, entry) in kept.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Write(path);
            writer.Write(entry.Digest);
            writer.Write(entry.Result.Count);
            writer.Write(entry.Result);
        }

        writer.Flush();
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        hash.AppendData(bytes);
        stream.Write(bytes);
        stream.Write(hash.GetHashAndReset());
    }

    // The digest at the end is compared before anything is believed: half a file is no cache. The entries are parts of its
    // bytes, which live as long as they do.
    private void Load(byte[] bytes)
    {
        var body = bytes.Length - SHA256.HashSizeInBytes;
        if (body < Magic.Length + key.Length || !SHA256.HashData(bytes.AsSpan(0, body)).AsSpan().SequenceEqual(bytes.AsSpan(body)))
            return;
        var stream = new MemoryStream(bytes, 0, body, writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(Magic))
            || !reader.ReadBytes(key.Length).AsSpan().SequenceEqual(key))
            return;
        for (var left = reader.ReadInt32(); left > 0; left--)
            known[reader.ReadString()] = new CacheEntry(Slice(SHA256.HashSizeInBytes), Slice(reader.ReadInt32()));

        ArraySegment<byte> Slice(int count)
        {
            var slice = new ArraySegment<byte>(bytes, (int)stream.Position, count);
            stream.Position += count;
            return slice;
        }
    }

    private readonly record struct CacheEntry(ArraySegment<byte> Digest, ArraySegment<byte> Result);
}
