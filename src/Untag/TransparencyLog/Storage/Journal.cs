using System.Buffers.Binary;
using System.Globalization;
using Untag.TransparencyLog.Tiles;

namespace Untag.TransparencyLog.Storage;

/// <summary>Entries that are durable and not in tiles yet: files named after the index of their first entry, in which each entry
/// stands after its length and checksum.</summary>
internal sealed class Journal : IDisposable
{
    private const int HeadLength = 8;
    private const long SegmentMax = 16 << 20;
    private const string Ending = ".segment";

    private readonly string folder;
    private FileStream? segment;
    private ulong first;

    private Journal(string folder, ulong next)
    {
        this.folder = folder;
        Next = next;
    }

    /// <summary>Index of the next entry.</summary>
    public ulong Next { get; private set; }

    /// <summary>Opens the journal of a log, and gives the entries in it that its tiles do not hold. A tail that was being written
    /// when the program ended is cut off: nobody was told that it is durable.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="size">Entries that the tiles hold.</param>
    /// <param name="replay">Told each entry that they do not hold, in order.</param>
    /// <exception cref="LogDamageException">Entries are missing between the tiles and the journal.</exception>
    public static Journal Open(string folder, ulong size, Action<ReadOnlyMemory<byte>> replay)
    {
        Directory.CreateDirectory(folder);
        var starts = Directory.EnumerateFiles(folder, "*" + Ending)
            .Select(path => ulong.Parse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture))
            .Order().ToList();
        var journal = new Journal(folder, size);
        for (var i = 0; i < starts.Count; i++)
        {
            if (starts[i] > journal.Next)
                throw new LogDamageException($"entries from {journal.Next} to {starts[i] - 1} are neither in tiles nor in the journal");
            journal.Read(starts[i], isLast: i == starts.Count - 1, replay);
        }

        return journal;
    }

    /// <summary>Appends entries and waits until the disk has them.</summary>
    /// <exception cref="IOException">The disk does not take them. Whether they are there afterwards is not known.</exception>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        if (segment is null || segment.Length > SegmentMax)
            StartSegment();
        var bytes = new byte[entries.Sum(entry => HeadLength + entry.Length)];
        var at = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), entry.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + sizeof(int)), Checksum(entry.Span));
            entry.Span.CopyTo(bytes.AsSpan(at + HeadLength));
            at += HeadLength + entry.Length;
        }

        segment!.Write(bytes);
        segment.Flush(flushToDisk: true);
        Next += (ulong)entries.Count;
    }

    /// <summary>Deletes the segments whose entries are all in tiles, but for the last.</summary>
    /// <param name="size">Entries that the tiles hold, durably.</param>
    public void Forget(ulong size)
    {
        if (segment is null || first > size)
            return;
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending).ToList())
        {
            if (path != segment.Name && string.CompareOrdinal(path, segment.Name) < 0)
                File.Delete(path);
        }
    }

    public void Dispose() => segment?.Dispose();

    private void Read(ulong start, bool isLast, Action<ReadOnlyMemory<byte>> replay)
    {
        var path = PathOf(start);
        var bytes = File.ReadAllBytes(path);
        var at = 0;
        var index = start;
        while (bytes.Length - at >= HeadLength)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            if (length is < 0 or > EntryBundle.EntryMax || bytes.Length - at - HeadLength < length)
                break;
            var entry = bytes.AsMemory(at + HeadLength, length);
            if (Checksum(entry.Span) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + sizeof(int))))
                break;
            at += HeadLength + length;
            if (index++ >= Next)
            {
                replay(entry);
                Next = index;
            }
        }

        if (!isLast)
            return; // what is missing from it shows as a gap before the next
        if (index < Next)
            throw new LogDamageException($"the journal ends at entry {index}, and the tiles at {Next}");
        (segment, first) = (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0), start);
        segment.SetLength(at);
        segment.Position = at;
        segment.Flush(flushToDisk: true);
    }

    private void StartSegment()
    {
        segment?.Dispose();
        (segment, first) = (new FileStream(PathOf(Next), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0), Next);
        segment.Flush(flushToDisk: true);
        DurableFile.SyncFolder(folder);
    }

    // The digits keep the order of the names that of the numbers.
    private string PathOf(ulong start) => Path.Join(folder, start.ToString("D20", CultureInfo.InvariantCulture) + Ending);

    // Of the length too: zeros, which a file system may leave at the end of a file, are no empty entry.
    private static uint Checksum(ReadOnlySpan<byte> entry)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, entry.Length);
        return Crc32.Append(Crc32.Append(0, length), entry) ^ uint.MaxValue;
    }
}
