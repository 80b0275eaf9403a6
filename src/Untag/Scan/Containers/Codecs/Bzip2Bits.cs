namespace Untag.Scan.Containers.Codecs;

/// <summary>Packed bytes bit by bit, the highest of each byte first.</summary>
/// <param name="packed">The bytes.</param>
internal sealed class Bzip2Bits(PackedBytes packed)
{
    private ulong waiting;
    private int count;

    /// <summary>True when no whole byte is left.</summary>
    public bool IsAtEnd => count < 8 && packed.IsAtEnd;

    /// <summary>The next bits as a number.</summary>
    public int Take(int bits)
    {
        Await(bits);
        if (count < bits)
            throw new DamageException(DamageException.Cut);
        count -= bits;
        return (int)((waiting >> count) & ((1u << bits) - 1));
    }

    /// <summary>The next symbol.</summary>
    public int Take(PrefixCode code)
    {
        Await(PrefixCode.BitsMax);
        var missing = Math.Max(0, PrefixCode.BitsMax - count);
        var head = waiting << missing >> (count + missing - PrefixCode.BitsMax);
        var symbol = code.Find((int)(head & ((1 << PrefixCode.BitsMax) - 1)), out var length);
        if (length > count)
            throw new DamageException(DamageException.Cut);
        count -= length;
        return symbol;
    }

    /// <summary>Leaves out what is left of a byte.</summary>
    public void PassByte() => count -= count % 8;

    private void Await(int bits)
    {
        while (count < bits && !packed.IsAtEnd)
        {
            waiting = (waiting << 8) | packed.Next();
            count += 8;
        }
    }
}
