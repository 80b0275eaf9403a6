using System.Buffers.Binary;

namespace Untag.Scan.Containers;

/// <summary>The directory at the end of a ZIP archive. Other bytes may stand before the archive, such as a program that
/// unpacks it: all places are counted from where the archive starts.</summary>
/// <param name="ArchiveAt">Where the archive starts in the file.</param>
/// <param name="DirectoryAt">Where the directory starts in the file.</param>
/// <param name="DirectoryBytes">Its length.</param>
internal readonly record struct ZipDirectory(long ArchiveAt, long DirectoryAt, long DirectoryBytes)
{
    private const int EndBytes = 22;
    private const int LargeEndBytes = 56;
    private const int LocatorBytes = 20;
    private const int ItemBytes = 46;
    private const int CommentBytesMax = ushort.MaxValue;

    private static ReadOnlySpan<byte> EndMark => [(byte)'P', (byte)'K', 5, 6];

    private static ReadOnlySpan<byte> LargeEndMark => [(byte)'P', (byte)'K', 6, 6];

    private static ReadOnlySpan<byte> LocatorMark => [(byte)'P', (byte)'K', 6, 7];

    private static ReadOnlySpan<byte> ItemMark => [(byte)'P', (byte)'K', 1, 2];

    /// <summary>Finds the directory; null when the file has none.</summary>
    public static ZipDirectory? Find(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndBytes + CommentBytesMax)];
        file.Position = file.Length - tail.Length;
        file.Fill(tail);
        return MayHold(tail) ? Find(file, tail) : null;
    }

    /// <summary>True when bytes at the end of a file can be those of a ZIP archive: a search of what is in memory.</summary>
    public static bool MayHold(ReadOnlySpan<byte> file) =>
        file[^Math.Min(file.Length, EndBytes + CommentBytesMax)..].LastIndexOf(EndMark) >= 0;

    /// <summary>The entries in the order of the directory.</summary>
    public IEnumerable<ZipItem> Items(Stream file)
    {
        // A name may be 64 KiB, and a directory of many entries is read in one stretch.
        using var directory = new BufferedStream(new Slice(file, DirectoryAt, DirectoryBytes), 64 * 1024);
        var fixedPart = new byte[ItemBytes];
        while (directory.ReadAtLeast(fixedPart, ItemBytes, throwOnEndOfStream: false) is > 0 and var length)
        {
            if (length < ItemBytes || !fixedPart.AsSpan().StartsWith(ItemMark))
                throw new DamageException("its directory is damaged");
            yield return Item(fixedPart, directory);
        }
    }

    private static ZipItem Item(ReadOnlySpan<byte> fixedPart, Stream directory)
    {
        var name = new byte[Word(fixedPart, 28)];
        var extra = new byte[Word(fixedPart, 30)];
        directory.Fill(name);
        directory.Fill(extra);
        directory.Fill(new byte[Word(fixedPart, 32)]);
        return new ZipItem(
            EntryName.Decode(name), Word(fixedPart, 8), Word(fixedPart, 10), Long(fixedPart, 16), Long(fixedPart, 20),
            Long(fixedPart, 24), Long(fixedPart, 42)).WithExtra(extra);
    }

    // The last mark need not be the right one: its bytes may stand in the comment of the archive.
    private static ZipDirectory? Find(Stream file, byte[] tail)
    {
        for (var at = tail.AsSpan().LastIndexOf(EndMark); at >= 0; at = tail.AsSpan(0, at).LastIndexOf(EndMark))
        {
            if (tail.Length - at >= EndBytes
                && At(file, file.Length - tail.Length + at, tail.AsSpan(at, EndBytes)) is { } found)
                return found;
        }

        return null;
    }

    private static ZipDirectory? At(Stream file, long endAt, ReadOnlySpan<byte> end)
    {
        long size = Long(end, 12), offset = Long(end, 16);
        if (Large(file, endAt) is var (largeAt, largeSize, largeOffset))
            (endAt, size, offset) = (largeAt, largeSize, largeOffset);
        if (size == 0)
            return new ZipDirectory(endAt, endAt, 0);
        if (size < 0 || offset < 0 || size > endAt || offset > endAt - size || !StartsWith(file, endAt - size, ItemMark))
            return null;
        return new ZipDirectory(endAt - size - offset, endAt - size, size);
    }

    // What it says of its own place does not hold when other bytes stand before the archive: it ends at its locator.
    private static (long At, long Size, long Offset)? Large(Stream file, long endAt)
    {
        var at = endAt - LocatorBytes - LargeEndBytes;
        if (at < 0 || !StartsWith(file, endAt - LocatorBytes, LocatorMark) || !StartsWith(file, at, LargeEndMark))
            return null;
        var record = new byte[LargeEndBytes];
        file.Position = at;
        file.Fill(record);
        return (
            at, BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)),
            BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)));
    }

    private static bool StartsWith(Stream file, long at, ReadOnlySpan<byte> mark)
    {
        Span<byte> bytes = stackalloc byte[mark.Length];
        file.Position = at;
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && bytes.SequenceEqual(mark);
    }

    private static int Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
