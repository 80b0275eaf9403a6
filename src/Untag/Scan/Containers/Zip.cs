using System.Buffers.Binary;

namespace Untag.Scan.Containers;

/// <summary>Reads a ZIP archive, and what is built on it, by its directory; when that is lost, entry by entry up to the
/// damage.</summary>
internal static class Zip
{
    private const int HeaderBytes = 30;

    private static ReadOnlySpan<byte> HeaderMark => [(byte)'P', (byte)'K', 3, 4];

    /// <summary>Hands over every entry, the second of a name as well as the first.</summary>
    /// <param name="archive">The archive, which can seek; other bytes may stand before it.</param>
    /// <param name="entries">Takes the entries.</param>
    public static void Read(Stream archive, Entries entries)
    {
        if (ZipDirectory.Find(archive) is not { } directory)
        {
            entries.Report("it is cut: its directory is lost, and its entries were read up to the damage only");
            ReadWithoutDirectory(archive, entries);
            return;
        }

        foreach (var item in directory.Items(archive))
        {
            if (item.Name.EndsWith('/') && item.Bytes == 0)
                continue;
            if (entries.Budget.Exceeded is not null)
                return;
            try
            {
                ReadAt(archive, directory.ArchiveAt, item, entries);
            }
            catch (DamageException damage)
            {
                entries.Refuse(item.Name, damage.Message);
            }
        }
    }

    private static void ReadAt(Stream archive, long archiveAt, ZipItem item, Entries entries)
    {
        if (item.IsEncrypted)
        {
            entries.Refuse(item.Name, "it is encrypted");
            return;
        }

        var header = new byte[HeaderBytes];
        if (item.HeaderAt > archive.Length - archiveAt - HeaderBytes)
            throw new DamageException(DamageException.Cut);
        archive.Position = archiveAt + item.HeaderAt;
        archive.Fill(header);
        if (!header.AsSpan().StartsWith(HeaderMark))
            throw new DamageException("its header is damaged");
        var at = archive.Position
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26))
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        Read(item, new Slice(archive, at, item.PackedBytes), entries);
    }

    private static void Read(ZipItem item, Stream packed, Entries entries)
    {
        if (item.Method == ZipMethod.Stored)
        {
            if (item.PackedBytes != item.Bytes)
                throw new DamageException("its sizes disagree");
            entries.ReadStored(item.Name, new CheckedStream(packed, item.Bytes, item.Checksum));
            return;
        }

        using var decoder = ZipMethod.Open(item, new PackedStream(packed, entries.Budget));
        if (decoder is null)
            entries.Refuse(item.Name, $"it is packed by method {item.Method}, which is not read");
        else
            entries.ReadUnpacked(item.Name, new CheckedStream(decoder, item.Bytes, item.Checksum));
    }

    // The sizes stand in the header of each entry, unless it was written to a pipe: then nobody knows where the next is.
    private static void ReadWithoutDirectory(Stream archive, Entries entries)
    {
        var header = new byte[HeaderBytes];
        archive.Position = 0;
        while (archive.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes
            && header.AsSpan().StartsWith(HeaderMark))
        {
            var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26))];
            var extra = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))];
            archive.Fill(name);
            archive.Fill(extra);
            var item = new ZipItem(
                EntryName.Decode(name),
                BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(6)),
                BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8)),
                BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(14)),
                BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(18)),
                BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(22)),
                HeaderAt: 0).WithExtra(extra);
            var at = archive.Position;
            if (item.SizeFollows && item.PackedBytes == 0)
                item = item with { PackedBytes = archive.Length - at, Bytes = CheckedStream.NotKnown };
            if (item.IsEncrypted)
                entries.Refuse(item.Name, "it is encrypted");
            else
                Read(item, new Slice(archive, at, item.PackedBytes), entries);
            if (item.Bytes == CheckedStream.NotKnown || entries.Budget.Exceeded is not null)
                return;
            archive.Position = Math.Min(archive.Length, at + item.PackedBytes);
        }
    }
}
