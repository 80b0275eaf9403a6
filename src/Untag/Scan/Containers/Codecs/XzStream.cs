using System.Buffers.Binary;

namespace Untag.Scan.Containers.Codecs;

/// <summary>Unpacks xz, one file or several in a row.</summary>
/// <param name="source">The packed bytes.</param>
internal sealed class XzStream(Stream source) : ReadOnlyStream
{
    private const int HeaderBytes = 12;
    private const int Alignment = 4;

    private readonly PackedBytes packed = new(source);
    private readonly byte[] header = new byte[HeaderBytes];
    private XzBlock? block;
    private XzCheck? check;
    private bool isInFile;
    private bool isAtEnd;
    private long blockCount;
    private uint blockSizes; // a checksum of the sizes of all blocks, which the index repeats

    private static ReadOnlySpan<byte> Mark => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0 && !isAtEnd)
        {
            if (block is not null)
            {
                var count = block.Read(buffer);
                check!.Append(buffer[..count]);
                if (count > 0)
                    return count;
                EndBlock();
            }
            else if (!isInFile)
            {
                StartFile();
            }
            else if (packed.Next() is > 0 and var size)
            {
                check = new XzCheck(header[7]);
                block = new XzBlock(size, packed);
            }
            else
            {
                ReadIndex();
                ReadFooter();
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            check?.Dispose();
        base.Dispose(disposing);
    }

    private static void AddSizes(ref uint checksum, long packedBytes, long bytes)
    {
        Span<byte> pair = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(pair, packedBytes);
        BinaryPrimitives.WriteInt64LittleEndian(pair[8..], bytes);
        checksum = Crc32.Append(checksum, pair);
    }

    // Words of zeros may stand between two files, and behind the last.
    private void StartFile()
    {
        var word = header.AsSpan(0, Alignment);
        do
        {
            isAtEnd = packed.IsAtEnd;
            if (isAtEnd && packed.Position > 0)
                return;
            packed.Take(word);
        }
        while (packed.Position > Alignment && !word.ContainsAnyExcept((byte)0));

        packed.Take(header.AsSpan(Alignment));
        if (!header.AsSpan().StartsWith(Mark))
            throw new DamageException(packed.Position == HeaderBytes ? DamageException.Damaged : DamageException.Behind);
        if (Crc32.Append(0, header.AsSpan(6, 2)) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8)))
            throw new DamageException(DamageException.OtherChecksum);
        if (header[6] != 0 || header[7] > 15)
            throw new DamageException(DamageException.NotRead);
        (isInFile, blockCount, blockSizes) = (true, 0, 0);
    }

    private void EndBlock()
    {
        Span<byte> stated = stackalloc byte[64];
        stated = stated[..check!.Bytes];
        PassPadding(block!.PackedBytes);
        packed.Take(stated);
        if (!check.Holds(stated))
            throw new DamageException(DamageException.OtherChecksum);
        blockCount++;
        AddSizes(ref blockSizes, block.PackedBytes + check.Bytes, block.Bytes);
        check.Dispose();
        (block, check) = (null, null);
    }

    private void ReadIndex()
    {
        var start = packed.Position - 1;
        var sizes = 0u;
        var count = XzNumber.Read(packed);
        for (var i = 0L; i < count; i++)
            AddSizes(ref sizes, XzNumber.Read(packed), XzNumber.Read(packed));
        PassPadding(packed.Position - start);
        packed.Take(4); // its checksum, which adds nothing: it says what the blocks say
        if (count != blockCount || sizes != blockSizes)
            throw new DamageException("its index is damaged");
    }

    private void ReadFooter()
    {
        Span<byte> footer = stackalloc byte[HeaderBytes];
        packed.Take(footer);
        if (!footer.EndsWith("YZ"u8) || !footer[8..10].SequenceEqual(header.AsSpan(6, 2))
            || Crc32.Append(0, footer[4..10]) != BinaryPrimitives.ReadUInt32LittleEndian(footer))
            throw new DamageException("its end is damaged");
        isInFile = false;
    }

    private void PassPadding(long length)
    {
        for (; length % Alignment != 0; length++)
        {
            if (packed.Next() != 0)
                throw new DamageException(DamageException.Damaged);
        }
    }
}
