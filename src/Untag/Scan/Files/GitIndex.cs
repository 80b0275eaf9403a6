using System.Buffers.Binary;
using System.Text;

namespace Untag.Scan.Files;

/// <summary>The paths that git tracks, from the index of a repository: an ignore file leaves out only what git does not
/// track.</summary>
/// <remarks>Versions 2 to 4 of the format (gitformat-index), with SHA-1 or SHA-256. The size of the ids stands in no
/// header, so both are tried: with the wrong one not even the first entry makes sense.</remarks>
internal sealed class GitIndex
{
    private const int HeaderBytes = 12;
    private const int StatBytes = 40;
    private const int NameLengthMask = 0xFFF;
    private const int ExtendedFlag = 0x4000;
    private const int PathBytesMax = 64 * 1024;

    private readonly List<string> paths; // in ordinal order

    private GitIndex(List<string> paths) => this.paths = paths;

    /// <summary>An index without entries.</summary>
    public static GitIndex Empty { get; } = new([]);

    /// <summary>Reads the index of a repository.</summary>
    /// <param name="repository">The folder that holds <c>.git</c>.</param>
    /// <param name="problem">Why it could not be read, without full stop; null when it was, or when there is none.</param>
    public static GitIndex Of(string repository, out string? problem)
    {
        problem = null;
        try
        {
            if (FolderOf(repository) is not { } folder || !File.Exists(Path.Join(folder, "index")))
                return Empty;
            var paths = new List<string>();
            problem = Add(folder, "index", paths, mayShare: true);
            paths.Sort(StringComparer.Ordinal);
            return new GitIndex(paths);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = FileProblem.InWords(failure);
            return Empty;
        }
    }

    /// <summary>True when git tracks the file.</summary>
    /// <param name="path">Path relative to the repository.</param>
    public bool Tracks(string path) => paths.BinarySearch(path, StringComparer.Ordinal) >= 0;

    /// <summary>True when git tracks a file somewhere in the folder.</summary>
    /// <param name="folder">Path relative to the repository, without a slash at its end.</param>
    public bool TracksInside(string folder)
    {
        var next = paths.BinarySearch(folder + '/', StringComparer.Ordinal);
        next = next < 0 ? ~next : next;
        return next < paths.Count && paths[next].StartsWith(folder + '/', StringComparison.Ordinal);
    }

    // In a linked work tree and in a submodule, .git is a file that names the folder.
    private static string? FolderOf(string repository)
    {
        const string Key = "gitdir: ";
        var git = Path.Join(repository, ".git");
        if (!File.Exists(git))
            return git;
        var line = File.ReadLines(git).FirstOrDefault() ?? "";
        return line.StartsWith(Key, StringComparison.Ordinal) ? Path.Combine(repository, line[Key.Length..].TrimEnd()) : null;
    }

    private static string? Add(string folder, string name, List<string> paths, bool mayShare)
    {
        var bytes = File.ReadAllBytes(Path.Join(folder, name));
        foreach (var idBytes in (ReadOnlySpan<int>)[20, 32])
        {
            var found = new List<string>();
            if (Parse(bytes, idBytes, found) is not { } extensions)
                continue;
            paths.AddRange(found);
            // What a split index takes out of the shared one counts as tracked: a file too many is read, never one too few.
            return mayShare && SharedId(bytes, extensions, idBytes) is { } id
                ? Add(folder, "sharedindex." + id, paths, mayShare: false)
                : null;
        }

        return "its form is not understood";
    }

    /// <summary>Reads the entries; gives where the extensions begin, or nothing when these are no entries.</summary>
    private static int? Parse(ReadOnlySpan<byte> bytes, int idBytes, List<string> paths)
    {
        if (bytes.Length < HeaderBytes + idBytes || !bytes.StartsWith("DIRC"u8))
            return null;
        var version = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        var count = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
        if (version is not (2 or 3 or 4))
            return null;
        var at = HeaderBytes;
        var entries = bytes[..^idBytes];
        var path = Array.Empty<byte>();
        for (var i = 0u; i < count; i++)
        {
            var start = at;
            at += StatBytes + idBytes;
            if (at + 2 > entries.Length)
                return null;
            var flags = BinaryPrimitives.ReadUInt16BigEndian(entries[at..]);
            at += (flags & ExtendedFlag) != 0 ? 4 : 2;
            if (version == 2 && (flags & ExtendedFlag) != 0 || at > entries.Length)
                return null;
            if (!ReadPath(entries, version, ref at, ref path, flags & NameLengthMask))
                return null;
            if (version < 4 && !SkipPadding(entries, start, ref at))
                return null;
            if (path.Length > 0) // an entry of a split index that only replaces one of the shared index has no name
                paths.Add(Encoding.UTF8.GetString(path));
        }

        return at;
    }

    private static bool ReadPath(ReadOnlySpan<byte> entries, uint version, ref int at, ref byte[] path, int length)
    {
        var kept = 0;
        if (version == 4)
        {
            if (ReadOffset(entries, ref at) is not { } dropped || dropped > path.Length)
                return false;
            kept = path.Length - (int)dropped;
        }

        var end = entries[at..].IndexOf((byte)0);
        if (end < 0 || kept + end > PathBytesMax)
            return false;
        path = [.. path.AsSpan(0, kept), .. entries.Slice(at, end)];
        at += version == 4 ? end + 1 : end;
        return length == NameLengthMask ? path.Length >= length : path.Length == length;
    }

    // The number format of pack files: seven bits a byte, and one more for each byte that follows.
    private static uint? ReadOffset(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = 0;
        for (var i = 0; i < 4 && at < bytes.Length; i++)
        {
            var b = bytes[at++];
            value = (i == 0 ? 0 : (value + 1) << 7) | (b & 0x7Fu);
            if ((b & 0x80) == 0)
                return value;
        }

        return null;
    }

    // One to eight zero bytes fill an entry up to a multiple of eight.
    private static bool SkipPadding(ReadOnlySpan<byte> entries, int start, ref int at)
    {
        var padding = 8 - (at - start) % 8;
        if (at + padding > entries.Length || entries.Slice(at, padding).ContainsAnyExcept((byte)0))
            return false;
        at += padding;
        return true;
    }

    private static string? SharedId(ReadOnlySpan<byte> bytes, int at, int idBytes)
    {
        const int TitleBytes = 8;
        while (at + TitleBytes + idBytes <= bytes.Length)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
            if (bytes[at..].StartsWith("link"u8) && size >= idBytes)
            {
                var id = bytes.Slice(at + TitleBytes, idBytes);
                return id.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(id) : null;
            }

            if (size > bytes.Length - at - TitleBytes)
                return null;
            at += TitleBytes + (int)size;
        }

        return null;
    }
}
