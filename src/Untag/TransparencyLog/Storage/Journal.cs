using System.Globalization;

namespace Untag.TransparencyLog.Storage;

/// <summary>Entries that are durable and not in tiles yet: files named after the index of their first entry, in which one
/// <see cref="JournalBatch"/> follows the other.</summary>
/// <remarks>A batch is written only after the disk has the one before. So a batch that is not whole at the end of the last file was
/// never told to be durable, and one with another behind it was: the first is cut off, the second is damage.</remarks>
internal sealed class Journal : IDisposable
{
    private const long SegmentMax = 16 << 20;
    private const string Ending = ".segment";

    private readonly string folder;
    private FileStream? segment;
    private ulong first;
    private bool isMarked; // the last batch says that the log was closed

    private Journal(string folder, ulong next)
    {
        this.folder = folder;
        Next = next;
    }

    /// <summary>Index of the next entry.</summary>
    public ulong Next { get; private set; }

    private static ReadOnlySpan<byte> Start => "untag-journal/1\n"u8;

    /// <summary>Opens the journal of a log, and gives the entries in it that its tiles do not hold.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="size">Entries that the tiles hold.</param>
    /// <param name="replay">Told each entry that they do not hold, in order.</param>
    /// <exception cref="LogDamageException">Entries that were durable are missing or were changed.</exception>
    public static Journal Open(string folder, ulong size, Action<ReadOnlyMemory<byte>> replay)
    {
        DurableFile.CreateFolder(folder);
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
        segment!.Write(JournalBatch.Write(Next, entries));
        segment.Flush(flushToDisk: true);
        Next += (ulong)entries.Count;
        isMarked = entries.Count == 0;
    }

    /// <summary>Says that the log was closed: a damage of what was written before cannot be taken for a torn end then.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void MarkEnd()
    {
        if (segment is not null && !isMarked)
            Append([]);
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
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
        var (at, index) = (Start.Length, start);
        if (!bytes.Span.StartsWith(Start))
        {
            // Nothing is written behind it before the disk has it.
            if (!isLast || bytes.Length > Start.Length || !IsBeginning(bytes.Span))
                throw new LogDamageException($"the journal `{Path.GetFileName(path)}` does not start like one");
            at = 0;
        }

        while (at > 0 && JournalBatch.Read(bytes[at..], index) is { } batch)
        {
            foreach (var entry in batch.Entries)
            {
                if (index++ < Next)
                    continue;
                replay(entry);
                Next = index;
            }

            at += batch.Length;
            isMarked = batch.Entries.Count == 0;
        }

        // The batch that is torn may have a head that is whole; only one behind it says that the disk had it.
        if (JournalBatch.AnyIn(bytes.Span[Math.Min(at + 1, bytes.Length)..], index))
            throw new LogDamageException($"entry {index} of the journal was durable and cannot be read any more, and what comes after it can");
        if (!isLast)
            return; // what is missing from it shows as a gap before the next
        if (index < Next)
            throw new LogDamageException($"the journal ends at entry {index}, and the tiles at {Next}");
        Continue(path, start, at);
    }

    private void Continue(string path, ulong start, int end)
    {
        (segment, first) = (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0), start);
        segment.SetLength(end);
        segment.Position = end;
        if (end == 0)
            segment.Write(Start);
        segment.Flush(flushToDisk: true);
    }

    private void StartSegment()
    {
        segment?.Dispose();
        (segment, first) = (new FileStream(PathOf(Next), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0), Next);
        segment.Write(Start);
        segment.Flush(flushToDisk: true);
        DurableFile.SyncFolder(folder);
    }

    // As much of the start as the disk took, or zeros, which a file system may leave at the end of a file.
    private static bool IsBeginning(ReadOnlySpan<byte> bytes) => Start.StartsWith(bytes) || bytes.IndexOfAnyExcept((byte)0) < 0;

    // The digits keep the order of the names that of the numbers.
    private string PathOf(ulong start) => Path.Join(folder, start.ToString("D20", CultureInfo.InvariantCulture) + Ending);
}
