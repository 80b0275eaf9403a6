namespace Untag.Scan.Containers.Codecs;

/// <summary>Decodes bits that were packed by how likely they were, as LZMA and BCJ2 do.</summary>
/// <param name="packed">The packed bytes.</param>
internal sealed class RangeDecoder(PackedBytes packed)
{
    private const int LikelihoodBits = 11;
    private const int AdaptionBits = 5;
    private const uint Smallest = 1 << 24;

    private uint range;
    private uint code;

    /// <summary>Likelihoods of bits of which nothing is known.</summary>
    public static ushort[] Likelihoods(int count)
    {
        var likelihoods = new ushort[count];
        Reset(likelihoods);
        return likelihoods;
    }

    /// <summary>Makes all bits as likely to be 0 as 1.</summary>
    public static void Reset(Span<ushort> likelihoods) => likelihoods.Fill(1 << (LikelihoodBits - 1));

    /// <summary>Reads what stands before the first bit.</summary>
    public void Start()
    {
        if (packed.Next() != 0)
            throw new DamageException(DamageException.Damaged);
        range = uint.MaxValue;
        code = packed.Take(4);
    }

    /// <summary>The next bit.</summary>
    /// <param name="likelihood">How likely it is to be 0, which learns from what it is.</param>
    public int Bit(ref ushort likelihood)
    {
        unchecked
        {
            var bound = (range >> LikelihoodBits) * likelihood;
            int bit;
            if (code < bound)
            {
                range = bound;
                likelihood += (ushort)(((1 << LikelihoodBits) - likelihood) >> AdaptionBits);
                bit = 0;
            }
            else
            {
                range -= bound;
                code -= bound;
                likelihood -= (ushort)(likelihood >> AdaptionBits);
                bit = 1;
            }

            if (range < Smallest)
            {
                range <<= 8;
                code = (code << 8) | packed.Next();
            }

            return bit;
        }
    }

    /// <summary>A number whose highest bit comes first; each bit's likelihood depends on those before it.</summary>
    public int Number(Span<ushort> likelihoods, int bits)
    {
        var number = 1;
        for (var i = 0; i < bits; i++)
            number = (number << 1) | Bit(ref likelihoods[number]);
        return number - (1 << bits);
    }

    /// <summary>As <see cref="Number"/>, the lowest bit first.</summary>
    public int NumberFromLowest(Span<ushort> likelihoods, int bits)
    {
        int number = 0, path = 1;
        for (var i = 0; i < bits; i++)
        {
            var bit = Bit(ref likelihoods[path]);
            path = (path << 1) | bit;
            number |= bit << i;
        }

        return number;
    }

    /// <summary>A number whose bits are all as likely to be 0 as 1.</summary>
    public uint EvenNumber(int bits)
    {
        unchecked
        {
            uint number = 0;
            for (; bits > 0; bits--)
            {
                range >>= 1;
                var isSet = code >= range;
                if (isSet)
                    code -= range;
                number = (number << 1) | (isSet ? 1u : 0u);
                if (range < Smallest)
                {
                    range <<= 8;
                    code = (code << 8) | packed.Next();
                }
            }

            return number;
        }
    }
}
