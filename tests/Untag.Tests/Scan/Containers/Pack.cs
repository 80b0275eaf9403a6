using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Untag.Policy;
using Untag.Scan;

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

    /// <summary>A number as protobuf writes it: seven bits in each byte, the lowest first.</summary>
    public static byte[] Number(int value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
            bytes.Add((byte)((value & 0x7F) | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
