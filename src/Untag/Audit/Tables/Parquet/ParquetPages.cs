using System.Numerics;
using Untag.Audit.Tables.Typed;
using Untag.Columnar;
using Untag.Columnar.Parquet;

namespace Untag.Audit.Tables.Parquet;

/// <summary>Walks over the pages of a part of a column, one at a time.</summary>
/// <param name="file">The file.</param>
internal sealed class ParquetPages(SharedFile file) : IDisposable
{
    private const int HeadBytesMin = 256;
    private const int HeadBytesMax = 16 << 20; // it may hold the least and the largest text of the page
    private const int PageBytesMax = 256 << 20;
    private const int GrowthMax = 1 << 16; // no packer makes a page smaller than that: memory is not taken on a file's word

    private readonly PageUnpacker unpacker = new();
    private byte[] head = new byte[HeadBytesMin];
    private byte[] packed = [];
    private byte[] page = [];
    private PageCodec codec;
    private long at;

    /// <summary>The bytes of the present page, unpacked, with <see cref="RunReader.Slack"/> bytes behind them.</summary>
    public byte[] Bytes => page;

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>Begins a part of a column.</summary>
    /// <exception cref="InvalidDataException">It is packed in a way that is not read.</exception>
    public void Begin(ParquetChunk chunk)
    {
        (codec, at) = (chunk.Codec, chunk.FirstPage);
        if (!chunk.IsHere)
            throw new InvalidDataException("it is encrypted, or in another file");
        if (!PageUnpacker.CanUnpack(codec))
            throw new InvalidDataException($"it is packed with {codec}, which is not read");
    }

    /// <summary>Reads the next page.</summary>
    /// <exception cref="InvalidDataException">It is damaged or cut.</exception>
    public PageHead Next()
    {
        var found = NextHead();
        if (found.UnpackedBytes is < 0 or > PageBytesMax || found.PackedBytes is < 0 or > PageBytesMax
            || found.UnpackedBytes > (found.PackedBytes + 1) * GrowthMax)
            throw new InvalidDataException("a page has no size, or a larger one than any");
        Length = (int)found.UnpackedBytes;
        Room(ref page, Length + RunReader.Slack);
        var plain = PlainBytes(found);
        var length = (int)found.PackedBytes;
        if (codec == PageCodec.Uncompressed || plain == length)
        {
            if (length != Length)
                throw new InvalidDataException("a page has not the size that it says");
            Fill(page.AsSpan(0, length));
            Check(found, page.AsSpan(0, length));
            return found;
        }

        Room(ref packed, length);
        var bytes = packed.AsSpan(0, length);
        Fill(bytes);
        Check(found, bytes);
        if (plain > Length)
            throw new InvalidDataException("a page has not the size that it says");
        bytes[..plain].CopyTo(page);
        if (!unpacker.TryUnpack(codec, bytes[plain..], page.AsSpan(plain, Length - plain)))
            throw new InvalidDataException("a page is damaged");
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => unpacker.Dispose();

    // Of version 2 the levels are not packed, and sometimes nothing is.
    private static int PlainBytes(PageHead head)
    {
        if (head.Kind != PageKind.DataOfVersion2)
            return 0;
        var (definitions, repetitions) = (head.DefinitionBytes, head.RepetitionBytes);
        if (definitions < 0 || repetitions < 0 || definitions > head.PackedBytes || repetitions > head.PackedBytes - definitions)
            throw new InvalidDataException("a page has not the size that it says");
        return (int)(head.IsUnpacked ? head.PackedBytes : definitions + repetitions);
    }

    // How long a head is stands nowhere.
    private PageHead NextHead()
    {
        for (; ; head = new byte[head.Length * 16])
        {
            if (at < 0 || at >= file.Length)
                throw new InvalidDataException("its pages are cut");
            var length = file.Read(at, head);
            try
            {
                var reader = new ThriftReader(head.AsSpan(0, length));
                var found = PageHead.Read(ref reader);
                at += reader.Position;
                return found;
            }
            catch (InvalidDataException) when (length == head.Length && length < HeadBytesMax)
            {
                // it may go on behind what was read
            }
        }
    }

    private void Fill(Span<byte> bytes)
    {
        if (file.Read(at, bytes) < bytes.Length)
            throw new InvalidDataException("its pages are cut");
        at += bytes.Length;
    }

    private static void Check(PageHead head, ReadOnlySpan<byte> bytes)
    {
        if (head.Checksum is { } checksum && Crc32.Append(0, bytes) != checksum)
            throw new InvalidDataException("the checksum of a page does not fit");
    }

    private static void Room(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new byte[BitOperations.RoundUpToPowerOf2((uint)length)]; // pages differ a little
    }
}
