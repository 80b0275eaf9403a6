using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Untag.Evidence.Bundles;

/// <summary>A file of a bundle.</summary>
/// <param name="Path">Its path in the bundle, with <c>/</c>.</param>
/// <param name="Bytes">Its content.</param>
public sealed record BundleEntry(string Path, ReadOnlyMemory<byte> Bytes);

/// <summary>The ZIP file that a bundle is. The same entries give the same bytes: nothing is compressed, and no time, owner or
/// mode is stored.</summary>
public static class BundleArchive
{
    /// <summary>Bytes that a bundle may have.</summary>
    public const int BytesMax = 256 << 20;

    private const int EntriesMax = 1000;
    private const uint LocalMark = 0x04034B50;
    private const uint CentralMark = 0x02014B50;
    private const uint EndMark = 0x06054B50;
    private const ushort VersionNeeded = 10;
    private const ushort NamesAreUtf8 = 1 << 11;
    private const ushort FirstDay = 0x21; // 1980-01-01, the earliest that the format knows
    private const int LocalLength = 30;

    /// <summary>Packs entries in their order.</summary>
    /// <exception cref="ArgumentException">They are more or larger than a bundle may hold.</exception>
    public static byte[] Write(IReadOnlyList<BundleEntry> entries)
    {
        if (entries.Count > EntriesMax || entries.Sum(entry => (long)entry.Bytes.Length) > BytesMax)
            throw new ArgumentException("these are more or larger files than a bundle may hold", nameof(entries));
        using var archive = new MemoryStream();
        using var writer = new BinaryWriter(archive);
        using var directory = new MemoryStream();
        using var central = new BinaryWriter(directory);
        foreach (var entry in entries)
        {
            var offset = (uint)archive.Position;
            writer.Write(LocalMark);
            WriteFacts(writer, entry);
            writer.Write(Encoding.UTF8.GetBytes(entry.Path));
            writer.Write(entry.Bytes.Span);
            central.Write(CentralMark);
            central.Write(VersionNeeded); // made by
            WriteFacts(central, entry);
            central.Write((ushort)0); // comment
            central.Write((ushort)0); // disk
            central.Write((ushort)0); // attributes
            central.Write(0u);
            central.Write(offset);
            central.Write(Encoding.UTF8.GetBytes(entry.Path));
        }

        var start = (uint)archive.Position;
        writer.Write(directory.ToArray());
        writer.Write(EndMark);
        writer.Write(0u); // disks
        writer.Write((ushort)entries.Count);
        writer.Write((ushort)entries.Count);
        writer.Write((uint)directory.Length);
        writer.Write(start);
        writer.Write((ushort)0); // comment
        return archive.ToArray();
    }

    /// <summary>Unpacks a bundle. Only what <see cref="Write"/> would have written is read; whether it is that to the last byte,
    /// <see cref="IsAsWritten"/> says.</summary>
    /// <exception cref="VerifyException">It is no bundle.</exception>
    public static IReadOnlyList<BundleEntry> Read(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<BundleEntry>();
        var at = 0;
        while (bundle.Length - at >= LocalLength && BinaryPrimitives.ReadUInt32LittleEndian(bundle.Span[at..]) == LocalMark)
        {
            var facts = bundle.Span.Slice(at, LocalLength);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(facts[18..]);
            var name = BinaryPrimitives.ReadUInt16LittleEndian(facts[26..]);
            at += LocalLength;
            if (size > (uint)bundle.Length || bundle.Length - at < name + size)
                throw new VerifyException(VerifyFailure.NotABundle, "it is cut");
            if (entries.Count == EntriesMax || !Utf8.IsValid(bundle.Span.Slice(at, name)))
                throw new VerifyException(VerifyFailure.NotABundle);
            entries.Add(new BundleEntry(Encoding.UTF8.GetString(bundle.Span.Slice(at, name)), bundle.Slice(at + name, (int)size)));
            at += name + (int)size;
        }

        if (entries.Count == 0)
            throw new VerifyException(VerifyFailure.NotABundle, "it does not start like one");
        if (bundle.Length - at < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(bundle.Span[at..]) != CentralMark)
            throw new VerifyException(VerifyFailure.NotABundle, "its list of files is missing");
        return entries;
    }

    /// <summary>True when a bundle is, byte for byte, what its entries are packed to.</summary>
    public static bool IsAsWritten(ReadOnlyMemory<byte> bundle, IReadOnlyList<BundleEntry> entries) =>
        bundle.Span.SequenceEqual(Write(entries));

    private static void WriteFacts(BinaryWriter writer, BundleEntry entry)
    {
        writer.Write(VersionNeeded);
        writer.Write(NamesAreUtf8);
        writer.Write((ushort)0); // stored
        writer.Write((ushort)0); // midnight
        writer.Write(FirstDay);
        writer.Write(Crc32.Append(0, entry.Bytes.Span));
        writer.Write((uint)entry.Bytes.Length);
        writer.Write((uint)entry.Bytes.Length);
        writer.Write((ushort)Encoding.UTF8.GetByteCount(entry.Path));
        writer.Write((ushort)0); // extra fields
    }
}
