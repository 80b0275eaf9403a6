using System.Buffers.Binary;
using System.IO.Compression;
using Untag.Scan.Containers.Codecs;
using ZstdSharp;

namespace Untag.Scan.Containers;

/// <summary>The ways in which an entry of a ZIP archive may be packed, by their numbers.</summary>
internal static class ZipMethod
{
    /// <summary>Not packed.</summary>
    public const int Stored = 0;

    /// <summary>The decoder of an entry; null for a method that is not read.</summary>
    public static Stream? Open(ZipItem item, Stream packed) => item.Method switch
    {
        8 => new DeflateStream(packed, CompressionMode.Decompress, leaveOpen: true),
        9 => new Deflate64Stream(packed),
        12 => new Bzip2Stream(packed),
        14 => OpenLzma(item, packed),
        20 or 93 => new DecompressionStream(packed),
        95 => new XzStream(packed),
        _ => null,
    };

    // Before the bytes stand the version of the packer, and the properties with their length.
    private static LzmaStream OpenLzma(ZipItem item, Stream packed)
    {
        var version = new byte[4];
        packed.Fill(version);
        var properties = new byte[BinaryPrimitives.ReadUInt16LittleEndian(version.AsSpan(2))];
        packed.Fill(properties);
        return new LzmaStream(properties, packed, item.Bytes);
    }
}
