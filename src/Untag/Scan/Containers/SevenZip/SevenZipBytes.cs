using System.Buffers.Binary;

namespace Untag.Scan.Containers.SevenZip;

/// <summary>The header of a 7-Zip archive, read from its beginning to its end. What it counts is never believed beyond the
/// bytes that it has.</summary>
/// <param name="bytes">The header.</param>
internal sealed class SevenZipBytes(byte[] bytes)
{
    /// <summary>What is said when the header contradicts its format.</summary>
    public const string Damaged = "its header is damaged";

    /// <summary>What is said of a part of the header that stands in a stream: no tool writes one.</summary>
    public const string Elsewhere = "a part of its header stands elsewhere, where it is not read";

    private int position;

    /// <summary>How many bytes are left.</summary>
    public int Left => bytes.Length - position;

    /// <summary>The next byte.</summary>
    public byte Next() => Take(1)[0];

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count > Left)
            throw new DamageException(Damaged);
        var taken = bytes.AsSpan(position, (int)count);
        position += taken.Length;
        return taken;
    }

    /// <summary>A number: as many bytes follow the first as it has bits set from its highest, and what is left of it is
    /// the number's highest byte.</summary>
    public long Number()
    {
        var first = Next();
        ulong number = 0;
        var mask = 0x80;
        for (var shift = 0; shift < 64; shift += 8, mask >>= 1)
        {
            if ((first & mask) == 0)
            {
                number |= (ulong)(first & (mask - 1)) << shift;
                break;
            }

            number |= (ulong)Next() << shift;
        }

        return number <= long.MaxValue ? (long)number : throw new DamageException("a size in it is no number");
    }

    /// <summary>A place or size that two make.</summary>
    public static long Sum(long a, long b) =>
        a <= long.MaxValue - b ? a + b : throw new DamageException("a size in it is no number");

    /// <summary>How many things follow that take one byte at least.</summary>
    public int Count()
    {
        var count = Number();
        return count <= Left ? (int)count : throw new DamageException(Damaged);
    }

    /// <summary>Sizes, one after the other.</summary>
    public long[] Numbers(int count)
    {
        var numbers = new long[count];
        foreach (ref var number in numbers.AsSpan())
            number = Number();
        return numbers;
    }

    /// <summary>One bit each for many things.</summary>
    public bool[] Bits(int count)
    {
        var packed = Take((count + 7L) / 8);
        var bits = new bool[count];
        for (var i = 0; i < count; i++)
            bits[i] = (packed[i / 8] & (0x80 >> (i % 8))) != 0;
        return bits;
    }

    /// <summary>Checksums of many things, of which some may have none.</summary>
    public uint?[] Checksums(int count)
    {
        var areKnown = Next() == 0 ? Bits(count) : null;
        var checksums = new uint?[count];
        for (var i = 0; i < count; i++)
        {
            if (areKnown is null || areKnown[i])
                checksums[i] = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        }

        return checksums;
    }

    /// <summary>Passes a mark that must stand there.</summary>
    public void Expect(SevenZipMark mark)
    {
        if (Next() != (byte)mark)
            throw new DamageException(Damaged);
    }

    /// <summary>The next mark.</summary>
    public SevenZipMark Mark() => (SevenZipMark)Next();
}
