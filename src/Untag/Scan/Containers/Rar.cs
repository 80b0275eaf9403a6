using SharpCompress.Readers;
using SharpCompress.Readers.Rar;

namespace Untag.Scan.Containers;

/// <summary>Reads a RAR archive from its beginning to its end, as each entry may need those before it.</summary>
internal static class Rar
{
    private static readonly ReaderOptions Options = new() { LeaveStreamOpen = true };

    /// <summary>Hands over every entry that holds bytes.</summary>
    public static void Read(Stream archive, Entries entries)
    {
        var reader = Decoding.Run(() => RarReader.OpenReader(new PackedStream(archive, entries.Budget), Options));
        try
        {
            while (entries.Budget.HasTime() && Decoding.Run(reader.MoveToNextEntry))
                Read(reader, entries);
        }
        finally
        {
            Decoding.Close(reader);
        }
    }

    private static void Read(IReader reader, Entries entries)
    {
        var item = reader.Entry;
        if (item.IsDirectory || item.LinkTarget is not null)
            return;
        var name = item.Key ?? "";
        if (item.IsEncrypted)
        {
            entries.Refuse(name, "it is encrypted");
            return;
        }

        var content = Decoding.Run(reader.OpenEntryStream);
        entries.ReadUnpacked(name, content);
        Decoding.Close(content);
    }
}
