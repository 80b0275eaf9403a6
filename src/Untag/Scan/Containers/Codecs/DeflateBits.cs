namespace Untag.Scan.Containers.Codecs;

/// <summary>Packed bytes bit by bit, the lowest of each byte first, but codes from their highest.</summary>
/// <param name="packed">The bytes.</param>
internal sealed class DeflateBits(PackedBytes packed)
{
    private static readonly byte[] Turned = BuildTurned();

    private uint waiting;
    private int count;

    /// <summary>The next bits as a number.</summary>
    public int Take(int bits)
    {
        Await(bits);
        if (count < bits)
            throw new DamageException(DamageException.Cut);
        var number = (int)(waiting & ((1u << bits) - 1));
        Pass(bits);
        return number;
    }

    /// <summary>The next symbol.</summary>
    public int Take(PrefixCode code)
    {
        Await(PrefixCode.BitsMax);
        var head = (Turned[waiting & 0xFF] << 12) | (Turned[(waiting >> 8) & 0xFF] << 4)
            | (Turned[(waiting >> 16) & 0xFF] >> 4);
        var symbol = code.Find(head, out var length);
        if (length > count)
            throw new DamageException(DamageException.Cut);
        Pass(length);
        return symbol;
    }

    /// <summary>Leaves out what is left of a byte.</summary>
    public void PassByte() => Pass(count % 8);

    private static byte[] BuildTurned()
    {
        var turned = new byte[256];
        for (var i = 0; i < turned.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
                turned[i] |= (byte)(((i >> bit) & 1) << (7 - bit));
        }

        return turned;
    }

    private void Pass(int bits)
    {
        waiting >>= bits;
        count -= bits;
    }

    private void Await(int bits)
    {
        while (count < bits && !packed.IsAtEnd)
        {
            waiting |= (uint)packed.Next() << count;
            count += 8;
        }
    }
}
