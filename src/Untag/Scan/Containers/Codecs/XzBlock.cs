using System.Buffers.Binary;

namespace Untag.Scan.Containers.Codecs;

/// <summary>One block of an xz file: what is packed by LZMA2, behind filters.</summary>
internal sealed class XzBlock
{
    private const ulong Lzma2 = 0x21;
    private const int FilterCountMask = 3;
    private const int ReservedMask = 0x3C;
    private const int HasPackedSize = 0x40;
    private const int HasSize = 0x80;

    private readonly PackedBytes packed;
    private readonly Stream content;
    private readonly long start;
    private readonly int headerBytes;
    private readonly long statedPackedBytes = CheckedStream.NotKnown;
    private readonly long statedBytes = CheckedStream.NotKnown;

    /// <summary>Reads the header of a block.</summary>
    /// <param name="size">Its first byte, which says how long it is.</param>
    /// <param name="packed">What follows.</param>
    public XzBlock(byte size, PackedBytes packed)
    {
        this.packed = packed;
        headerBytes = (size + 1) * 4;
        var bytes = new byte[headerBytes];
        bytes[0] = size;
        packed.Take(bytes.AsSpan(1));
        var checksumAt = headerBytes - 4;
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(checksumAt));
        if (Crc32.Append(0, bytes.AsSpan(0, checksumAt)) != checksum)
            throw new DamageException(DamageException.OtherChecksum);
        start = packed.Position;
        var header = new PackedBytes(new MemoryStream(bytes, 1, checksumAt - 1));
        var flags = header.Next();
        if ((flags & ReservedMask) != 0)
            throw new DamageException(DamageException.NotRead);
        if ((flags & HasPackedSize) != 0)
            statedPackedBytes = XzNumber.Read(header);
        if ((flags & HasSize) != 0)
            statedBytes = XzNumber.Read(header);
        content = Open(header, flags & FilterCountMask);
    }

    /// <summary>How many bytes were unpacked.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many bytes the block takes, without padding and check.</summary>
    public long PackedBytes { get; private set; }

    /// <summary>Unpacks bytes; 0 at the end of the block.</summary>
    public int Read(Span<byte> buffer)
    {
        var count = content.Read(buffer);
        Bytes += count;
        if (count > 0)
            return count;
        var length = packed.Position - start;
        PackedBytes = headerBytes + length;
        if ((statedPackedBytes >= 0 && length != statedPackedBytes) || (statedBytes >= 0 && Bytes != statedBytes))
            throw new DamageException("its sizes disagree");
        return 0;
    }

    // The filters stand in the order of packing, and LZMA2 behind all others.
    private Stream Open(PackedBytes header, int filterCount)
    {
        var filters = new List<(ulong Number, byte[] Properties)>();
        for (var i = 0; i <= filterCount; i++)
        {
            var number = (ulong)XzNumber.Read(header);
            var properties = new byte[Math.Min(XzNumber.Read(header), headerBytes)];
            header.Take(properties);
            filters.Add((number, properties));
        }

        var (last, dictionary) = filters[filterCount];
        if (last != Lzma2 || dictionary.Length != 1)
            throw new DamageException(DamageException.NotRead);
        Stream stream = new Lzma2Stream(dictionary[0], packed, statedBytes);
        for (var i = filterCount - 1; i >= 0; i--)
        {
            stream = Filters.Open(filters[i].Number, filters[i].Properties, stream)
                ?? throw new DamageException(DamageException.NotRead);
        }

        return stream;
    }
}
