using System.Buffers.Binary;

namespace Untag.Scan.Containers;

/// <summary>Reads an RPM package: its header, which describes it, and the compressed cpio archive of its files.</summary>
internal static class Rpm
{
    private const int LeadBytes = 96;
    private const int HeaderStartBytes = 16;
    private const int IndexEntryBytes = 16;

    /// <summary>Hands over the description and every file.</summary>
    public static void Read(Stream package, Entries entries)
    {
        package.Pass(LeadBytes);
        var signature = HeaderSize(package);
        package.Pass(signature);
        package.Pass((8 - signature % 8) % 8);
        var description = HeaderSize(package);
        var header = package.Next(description);
        if (!entries.ReadStored("header", header))
            return;
        header.Skip();

        var head = new byte[ContainerSignature.HeadBytes];
        var length = package.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (length == 0)
            throw new DamageException(DamageException.Cut);
        var files = new ReplayedStream(head[..length], package);
        var kind = ContainerSignature.KindOf(head.AsSpan(0, length));
        if (kind == ContainerKind.Cpio)
        {
            Cpio.Read(files, entries);
            return;
        }

        using var unpacked = Compressed.Open(kind, files, entries.Budget);
        if (unpacked is null)
            throw new DamageException("its files are packed by a method that is not read");
        Cpio.Read(unpacked, entries);
    }

    private static long HeaderSize(Stream package)
    {
        var start = new byte[HeaderStartBytes];
        package.Fill(start);
        if (!start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x8E, 0xAD, 0xE8]))
            throw new DamageException("a header in it is damaged");
        return (long)BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(8)) * IndexEntryBytes
            + BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(12));
    }
}
