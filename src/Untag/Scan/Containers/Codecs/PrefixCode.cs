namespace Untag.Scan.Containers.Codecs;

/// <summary>A code in which frequent symbols are short and none begins another: that of Huffman, in the order that bzip2
/// and Deflate share.</summary>
internal sealed class PrefixCode
{
    /// <summary>The longest code of a symbol, in bits.</summary>
    public const int BitsMax = 20;

    private readonly int[] count = new int[BitsMax + 2];
    private readonly int[] end = new int[BitsMax + 1]; // behind the last code of a length, filled up to the longest
    private readonly int[] offset = new int[BitsMax + 1]; // from a code of a length to the place of its symbol
    private ushort[] symbols = [];
    private int shortest;

    /// <summary>Builds the code.</summary>
    /// <param name="lengths">How long the code of each symbol is, in bits; 0 for a symbol that does not occur.</param>
    public void Build(ReadOnlySpan<byte> lengths)
    {
        if (symbols.Length < lengths.Length)
            symbols = new ushort[lengths.Length];
        Array.Clear(count);
        foreach (var length in lengths)
            count[length + 1]++;
        count[1] = 0; // what does not occur has no place
        shortest = BitsMax;
        int code = 0, place = 0;
        for (var length = 1; length <= BitsMax; length++)
        {
            var codes = count[length + 1];
            if (codes > 0)
                shortest = Math.Min(shortest, length);
            offset[length] = place - code;
            code += codes;
            place += codes;
            if (code > 1 << length)
                throw new DamageException(DamageException.Damaged);
            end[length] = code << (BitsMax - length);
            code <<= 1;
        }

        for (var length = 2; length <= BitsMax + 1; length++)
            count[length] += count[length - 1];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0)
                symbols[count[lengths[symbol]]++] = (ushort)symbol;
        }
    }

    /// <summary>Finds the symbol at the head of the next bits.</summary>
    /// <param name="bits">The next <see cref="BitsMax"/> bits, the first as the highest.</param>
    /// <param name="length">How many of them its code takes.</param>
    public int Find(int bits, out int length)
    {
        for (length = shortest; length <= BitsMax; length++)
        {
            if (bits < end[length])
                return symbols[(bits >> (BitsMax - length)) + offset[length]];
        }

        throw new DamageException(DamageException.Damaged);
    }
}
