using System.Buffers.Binary;
using SharpCompress.Archives;
using SharpCompress.Archives.SevenZip;
using SharpCompress.Readers;

namespace Untag.Scan.Containers;

/// <summary>Reads a 7-Zip archive.</summary>
internal static class SevenZip
{
    private const int HeaderBytes = 32;

    private static readonly ReaderOptions Options = new() { LeaveStreamOpen = true };

    /// <summary>Hands over every entry that holds bytes.</summary>
    /// <param name="archive">The archive, which can seek.</param>
    /// <param name="entries">Takes the entries.</param>
    public static void Read(Stream archive, Entries entries)
    {
        CheckLength(archive);
        archive.Position = 0;
        var opened = Decoding.Run(() => SevenZipArchive.OpenArchive(new PackedStream(archive, entries.Budget), Options));
        try
        {
            foreach (var item in Decoding.Run(() => opened.Entries.ToList()))
            {
                if (entries.Budget.Exceeded is not null)
                    return;
                if (!item.IsDirectory)
                    Read(item, entries);
            }
        }
        finally
        {
            Decoding.Close(opened);
        }
    }

    private static void Read(IArchiveEntry item, Entries entries)
    {
        var name = item.Key ?? "";
        Stream? content = null;
        try
        {
            if (Decoding.Run(() => item.IsEncrypted))
            {
                entries.Refuse(name, "it is encrypted");
                return;
            }

            content = Decoding.Run(item.OpenEntryStream);
            entries.ReadUnpacked(name, content);
        }
        catch (DamageException damage)
        {
            entries.Refuse(name, damage.Message);
        }
        finally
        {
            if (content is not null)
                Decoding.Close(content);
        }
    }

    // The library believes the length of the directory before it reads it.
    private static void CheckLength(Stream archive)
    {
        var header = new byte[HeaderBytes];
        archive.Position = 0;
        archive.Fill(header);
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(12));
        var size = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(20));
        var room = (ulong)(archive.Length - HeaderBytes);
        if (offset > room || size > room - offset)
            throw new DamageException(DamageException.Cut);
    }
}
