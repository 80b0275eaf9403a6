using System.IO.Compression;

namespace Untag.Scan.Reading.Models;

/// <summary>Reads the files that are packed as a ZIP archive behind a model, such as its labels.</summary>
internal static class PackedFiles
{
    private const int FilesMax = 64;
    private const int FileBytesMax = 4 * 1024 * 1024;
    private const int EndBytes = 22;
    private const int CommentBytesMax = ushort.MaxValue;
    private const int PaddingMax = 4096;

    /// <summary>What the packed files hold; nothing when none are packed.</summary>
    /// <param name="stream">The model with what is behind it.</param>
    /// <param name="modelEnd">Where the model ends.</param>
    public static ReadResult Read(Stream stream, long modelEnd)
    {
        if (!EndsLikeArchive(stream))
        {
            return new ReadResult(
                [], BeginsLikeArchive(stream, modelEnd) ? "the files packed behind the model are cut off" : null);
        }

        var passages = new List<Passage>();
        string? problem = null;
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in archive.Entries.Take(FilesMax))
                problem ??= ReadFile(entry, passages);
            if (archive.Entries.Count > FilesMax)
                problem ??= $"more than {FilesMax} files are packed behind the model: the rest was not read";
        }
        catch (Exception damage)
            when (damage is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            problem ??= $"the files packed behind the model are damaged: {damage.Message.TrimEnd('.')}";
        }

        return new ReadResult(passages, problem);
    }

    private static string? ReadFile(ZipArchiveEntry entry, List<Passage> passages)
    {
        if (entry.IsEncrypted)
            return $"the packed file {entry.FullName} is encrypted";
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (content.Read(buffer) is var count and > 0)
        {
            if (bytes.Length + count > FileBytesMax)
                return $"the packed file {entry.FullName} is larger than {FileBytesMax / 1048576} MiB: it was not read";
            bytes.Write(buffer, 0, count);
        }

        var read = Readers.Read(entry.FullName, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        // A line of the packed file is none of the model: the place is the packed file's name.
        foreach (var passage in read.Passages)
            passages.Add(passage with { Inner = $"packed file {entry.FullName}", LinesAreEntries = true });
        return read.Problem is null ? null : $"the packed file {entry.FullName}: {read.Problem}";
    }

    private static bool EndsLikeArchive(Stream stream)
    {
        var length = Math.Min(stream.Length, EndBytes + CommentBytesMax);
        return Bytes(stream, stream.Length - length, length).LastIndexOf("PK\x5\x6"u8) >= 0;
    }

    private static bool BeginsLikeArchive(Stream stream, long modelEnd) =>
        Bytes(stream, modelEnd, Math.Min(stream.Length - modelEnd, PaddingMax)).IndexOf("PK\x3\x4"u8) >= 0;

    private static ReadOnlySpan<byte> Bytes(Stream stream, long at, long length)
    {
        var bytes = new byte[length];
        stream.Position = at;
        return bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }
}
