using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Containers;

namespace Untag.Tests.Scan.Containers;

/// <summary>Packs archives in memory, such as no tool would, and scans them.</summary>
internal static class Pack
{
    public const string Tagged = "# face detection and face recognition\nethnicity_pred = model(face)  # age, gender";

    /// <summary>What a scan of one file says.</summary>
    public static ScanReport ReportOf(string name, byte[] bytes, ScanLimits? limits = null) => Scanner.Scan(
        new ScanRequest
        {
            Policy = TagPolicy.Default,
            Sources = [new ScanSource.Piped(name, new MemoryStream(bytes))],
            Limits = limits ?? ScanLimits.Default,
        },
        progress: null,
        TestContext.Current.CancellationToken);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        var stream = new MemoryStream();
        using (var archive = new TarWriter(stream))
        {
            foreach (var (name, content) in files)
            {
                var entry = new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };
                archive.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.Optimal))
            packed.Write(content);
        return stream.ToArray();
    }

    /// <summary>A RAR archive of the fifth format whose entries are not compressed: no free tool writes any.</summary>
    public static byte[] Rar(params (string Name, byte[] Content)[] files)
    {
        var archive = new List<byte>([.. "Rar!"u8, 0x1A, 7, 1, 0]);
        AddRarBlock(archive, [1, 0, 0]);
        foreach (var (name, content) in files)
        {
            var checksum = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32.Append(0, content));
            var letters = Bytes(name);
            AddRarBlock(
                archive,
                [2, 2, .. Number(content.Length), 4, .. Number(content.Length), 0, .. checksum, 0, 1,
                    .. Number(letters.Length), .. letters]);
            archive.AddRange(content);
        }

        AddRarBlock(archive, [5, 0, 0]);
        return [.. archive];
    }

    private static void AddRarBlock(List<byte> archive, byte[] header)
    {
        byte[] sized = [.. Number(header.Length), .. header];
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32.Append(0, sized));
        archive.AddRange(checksum);
        archive.AddRange(sized);
    }

    private static byte[] Number(int value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
            bytes.Add((byte)((value & 0x7F) | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
