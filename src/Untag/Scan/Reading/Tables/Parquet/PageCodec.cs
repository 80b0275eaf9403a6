using System.IO.Compression;

namespace Untag.Scan.Reading.Tables.Parquet;

/// <summary>How the pages of a Parquet column are compressed, with the numbers of the format.</summary>
internal enum PageCodec
{
    Uncompressed = 0,
    Snappy = 1,
    Gzip = 2,
    Lzo = 3,
    Brotli = 4,
    Lz4Hadoop = 5,
    Zstandard = 6,
    Lz4 = 7,
}

/// <summary>Unpacks one page.</summary>
internal static class Page
{
    /// <summary>True for the codecs that can be unpacked.</summary>
    public static bool CanUnpack(PageCodec codec) =>
        codec is PageCodec.Uncompressed or PageCodec.Snappy or PageCodec.Gzip or PageCodec.Brotli
            or PageCodec.Zstandard or PageCodec.Lz4;

    /// <summary>Unpacks a page into a buffer of the size that it should have.</summary>
    /// <returns>False when it is damaged or of another size.</returns>
    public static bool TryUnpack(PageCodec codec, ReadOnlySpan<byte> packed, Span<byte> page)
    {
        switch (codec)
        {
            case PageCodec.Uncompressed:
                return packed.Length == page.Length && packed.TryCopyTo(page);
            case PageCodec.Snappy:
                return Snappy.TryUnpack(packed, page);
            case PageCodec.Lz4:
                return Lz4Block.TryUnpack(packed, page, out var length) && length == page.Length;
            case PageCodec.Brotli:
                return BrotliDecoder.TryDecompress(packed, page, out var written) && written == page.Length;
            case PageCodec.Zstandard:
                return TryUnpackZstandard(packed, page);
            case PageCodec.Gzip:
                return TryUnpackGzip(packed, page);
            default:
                return false;
        }
    }

    private static bool TryUnpackZstandard(ReadOnlySpan<byte> packed, Span<byte> page)
    {
        try
        {
            using var zstandard = new ZstdSharp.Decompressor();
            return zstandard.TryUnwrap(packed, page, out var written) && written == page.Length;
        }
        catch (ZstdSharp.ZstdException)
        {
            return false;
        }
    }

    private static bool TryUnpackGzip(ReadOnlySpan<byte> packed, Span<byte> page)
    {
        try
        {
            using var stream = new GZipStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
            return stream.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) == page.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
