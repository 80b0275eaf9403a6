using System.IO.Compression;

namespace Untag.Columnar;

/// <summary>Unpacks pages, one after the other.</summary>
internal sealed class PageUnpacker : IDisposable
{
    private ZstdSharp.Decompressor? zstandard;

    /// <summary>True for the codecs that can be unpacked.</summary>
    public static bool CanUnpack(PageCodec codec) =>
        codec is PageCodec.Uncompressed or PageCodec.Snappy or PageCodec.Gzip or PageCodec.Brotli
            or PageCodec.Zstandard or PageCodec.Lz4;

    /// <summary>Unpacks a page into a buffer of the size that it should have.</summary>
    /// <returns>False when it is damaged or of another size.</returns>
    public bool TryUnpack(PageCodec codec, ReadOnlySpan<byte> packed, Span<byte> page)
    {
        switch (codec)
        {
            case PageCodec.Uncompressed:
                return packed.Length == page.Length && packed.TryCopyTo(page);
            case PageCodec.Snappy:
                return Snappy.TryUnpack(packed, page);
            case PageCodec.Lz4:
                var length = 0;
                return Lz4Block.TryUnpack(packed, page, ref length) && length == page.Length;
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

    /// <inheritdoc/>
    public void Dispose() => zstandard?.Dispose();

    private bool TryUnpackZstandard(ReadOnlySpan<byte> packed, Span<byte> page)
    {
        try
        {
            zstandard ??= new ZstdSharp.Decompressor();
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
