using System.Buffers.Binary;

namespace Untag.Scan.Containers;

/// <summary>What a ZIP archive says of one entry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Method">The number of its compression method.</param>
/// <param name="Checksum">CRC-32 of its bytes.</param>
/// <param name="PackedBytes">How many bytes it takes in the archive.</param>
/// <param name="Bytes">How many bytes it unpacks to.</param>
/// <param name="HeaderAt">Where its own header stands, counted from the start of the archive.</param>
internal readonly record struct ZipItem(
    string Name, int Flags, int Method, uint Checksum, long PackedBytes, long Bytes, long HeaderAt)
{
    private const int EncryptedFlag = 0x1;
    private const int SizeFollowsFlag = 0x8;
    private const ushort LargeSizes = 1; // extra field with numbers of 64 bits

    /// <summary>True when its bytes cannot be read without a key.</summary>
    public bool IsEncrypted => (Flags & EncryptedFlag) != 0;

    /// <summary>True when its own header does not know its size and checksum: the directory does.</summary>
    public bool SizeFollows => (Flags & SizeFollowsFlag) != 0;

    /// <summary>Puts the numbers of 64 bits in the place of those that say that they stand there.</summary>
    public ZipItem WithExtra(ReadOnlySpan<byte> extra)
    {
        var item = this;
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (size > extra.Length - 4)
                break;
            if (id == LargeSizes)
                item = item.WithLarge(extra.Slice(4, size));
            extra = extra[(4 + size)..];
        }

        return item;
    }

    private ZipItem WithLarge(ReadOnlySpan<byte> numbers)
    {
        var item = this;
        if (Bytes == uint.MaxValue)
            item = item with { Bytes = Take(ref numbers) };
        if (PackedBytes == uint.MaxValue)
            item = item with { PackedBytes = Take(ref numbers) };
        if (HeaderAt == uint.MaxValue)
            item = item with { HeaderAt = Take(ref numbers) };
        return item;
    }

    private static long Take(ref ReadOnlySpan<byte> numbers)
    {
        if (!BinaryPrimitives.TryReadInt64LittleEndian(numbers, out var number) || number < 0)
            throw new DamageException("a size in it is no number");
        numbers = numbers[8..];
        return number;
    }
}
