using System.Buffers;
using System.Buffers.Binary;

namespace Untag.Scan.Reading.Binaries;

/// <summary>The bytes of a compiled file, or of a part of it, read at any place. Offsets and sizes come from the file
/// and are not trusted: what lies beyond the end is not there, and that is remembered.</summary>
internal sealed class BinarySource
{
    private const ulong LargestNumber = 1UL << 56; // beyond the end of every file, and sums of it are still numbers
    private const int ChunkBytes = 1 << 20;

    private readonly Stream stream;
    private readonly long start;
    private readonly Cut cut;

    /// <summary>The bytes of a whole file.</summary>
    /// <param name="stream">The file; it can seek.</param>
    public BinarySource(Stream stream) : this(stream, 0, stream.Length, new Cut())
    {
    }

    private BinarySource(Stream stream, long start, long length, Cut cut)
    {
        this.stream = stream;
        this.start = start;
        this.cut = cut;
        Length = length;
    }

    /// <summary>Takes a stretch of bytes.</summary>
    /// <param name="bytes">The bytes; what was not consumed before stands at their beginning.</param>
    /// <param name="offset">Where they begin in the file.</param>
    /// <param name="isLast">True for the last stretch.</param>
    /// <returns>Number of bytes that need not be given again.</returns>
    public delegate int Reader(ReadOnlySpan<byte> bytes, long offset, bool isLast);

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>True when something was asked for, here or of a part of the file, that lies beyond the end.</summary>
    public bool IsCut => cut.IsSeen;

    /// <summary>Whether numbers are written with their largest byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The same bytes with their numbers in the order of the file's machine.</summary>
    public BinarySource InOrder(bool isBigEndian) =>
        new(stream, start, Length, cut) { IsBigEndian = isBigEndian };

    /// <summary>A part of these bytes.</summary>
    public BinarySource Slice(long offset, long count)
    {
        var from = Math.Clamp(offset, 0, Length);
        var size = Math.Clamp(count, 0, Length - from);
        cut.IsSeen |= offset < 0 || count < 0 || from != offset || size != count;
        return new BinarySource(stream, start + from, size, cut) { IsBigEndian = IsBigEndian };
    }

    /// <summary>The bytes at an offset: fewer than asked for at the end.</summary>
    public byte[] Read(long offset, long count)
    {
        var from = Math.Clamp(offset, 0, Length);
        var size = Math.Clamp(count, 0, Math.Min(Length - from, Array.MaxLength));
        cut.IsSeen |= from != offset || size != count;
        var bytes = new byte[size];
        stream.Position = start + from;
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Hands out the bytes of a stretch, however long it is, in flat memory.</summary>
    public void ReadAll(long offset, long count, Reader reader)
    {
        var part = Slice(offset, count);
        var chunk = ArrayPool<byte>.Shared.Rent((int)Math.Min(ChunkBytes, part.Length));
        for (var at = 0L; at < part.Length;)
        {
            stream.Position = part.start + at;
            var wanted = (int)Math.Min(chunk.Length, part.Length - at);
            var length = stream.ReadAtLeast(chunk.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            if (length == 0)
                break;
            var isLast = at + length >= part.Length;
            var consumed = reader(chunk.AsSpan(0, length), part.start + at, isLast);
            at += isLast ? length : Math.Clamp(consumed, 1, length);
        }

        ArrayPool<byte>.Shared.Return(chunk);
    }

    /// <summary>A number of 1, 2, 4 or 8 bytes; 0 beyond the end.</summary>
    public long Number(long offset, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (offset < 0 || offset > Length - size)
        {
            cut.IsSeen = true;
            return 0;
        }

        stream.Position = start + offset;
        if (stream.ReadAtLeast(bytes[..size], size, throwOnEndOfStream: false) < size)
            return 0;
        return NumberOf(bytes[..size]);
    }

    /// <summary>A number in bytes that were read from here.</summary>
    public long NumberOf(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => bytes[0],
        2 => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        8 => (long)Math.Min(LargestNumber, IsBigEndian
            ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        _ => throw new ArgumentOutOfRangeException(nameof(bytes)),
    };

    private sealed class Cut
    {
        public bool IsSeen { get; set; }
    }
}
