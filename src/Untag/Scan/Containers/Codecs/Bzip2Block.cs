namespace Untag.Scan.Containers.Codecs;

/// <summary>One block of a bzip2 file: up to 900 kB, sorted by what follows each byte. Its room is used again for the next.
/// </summary>
internal sealed class Bzip2Block
{
    private const int LevelBytes = 100_000;
    private const int Codes = 6;
    private const int SymbolsMax = 258;
    private const int RunOfOne = 0;
    private const int RunOfTwo = 1;
    private const int SymbolsOfSelector = 50;
    private const int SelectorsMax = 18_002; // more of them stand for nothing

    private readonly PrefixCode[] codes = [new(), new(), new(), new(), new(), new()];
    private readonly byte[] selectors = new byte[SelectorsMax];
    private readonly byte[] recent = new byte[256];
    private readonly byte[] lengths = new byte[SymbolsMax];
    private readonly int[] starts = new int[256];

    // In the lower byte what stands there; above it where the next is.
    private uint[] sorted = new uint[4096];
    private int length;
    private int left;
    private uint next;

    /// <summary>Reads a block, behind the mark of its beginning.</summary>
    /// <param name="bits">The packed bits.</param>
    /// <param name="level">How large blocks are.</param>
    public void Read(Bzip2Bits bits, int level)
    {
        if (bits.Take(1) != 0)
            throw new DamageException(DamageException.NotRead); // that of versions before 0.9.5
        var first = bits.Take(24);
        var used = ReadUsedBytes(bits);
        var selectorCount = ReadSelectors(bits, out var codeCount);
        for (var i = 0; i < codeCount; i++)
            codes[i].Build(ReadLengths(bits, used + 2));
        ReadSymbols(bits, selectorCount, end: used + 1, level * LevelBytes);
        if (first >= length)
            throw new DamageException(DamageException.Damaged);
        Link();
        next = sorted[first] >> 8;
        left = length;
    }

    /// <summary>The next byte; -1 at the end of the block.</summary>
    public int Next()
    {
        if (left == 0)
            return -1;
        left--;
        var entry = sorted[next];
        next = entry >> 8;
        return (int)(entry & 0xFF);
    }

    private int ReadUsedBytes(Bzip2Bits bits)
    {
        var used = 0;
        var ranges = bits.Take(16);
        for (var high = 0; high < 16; high++)
        {
            if ((ranges & (0x8000 >> high)) == 0)
                continue;
            var lows = bits.Take(16);
            for (var low = 0; low < 16; low++)
            {
                if ((lows & (0x8000 >> low)) != 0)
                    recent[used++] = (byte)(high * 16 + low);
            }
        }

        return used > 0 ? used : throw new DamageException(DamageException.Damaged);
    }

    private int ReadSelectors(Bzip2Bits bits, out int codeCount)
    {
        codeCount = bits.Take(3);
        var count = bits.Take(15);
        if (codeCount is < 2 or > Codes || count == 0)
            throw new DamageException(DamageException.Damaged);
        Span<byte> order = [0, 1, 2, 3, 4, 5];
        for (var i = 0; i < count; i++)
        {
            var place = 0;
            while (bits.Take(1) == 1)
            {
                if (++place == codeCount)
                    throw new DamageException(DamageException.Damaged);
            }

            var selector = MoveToFront(order, place);
            if (i < SelectorsMax)
                selectors[i] = selector;
        }

        return Math.Min(count, SelectorsMax);
    }

    private ReadOnlySpan<byte> ReadLengths(Bzip2Bits bits, int symbols)
    {
        var current = bits.Take(5);
        for (var i = 0; i < symbols; i++)
        {
            while (bits.Take(1) == 1)
                current += bits.Take(1) == 0 ? 1 : -1;
            if (current is < 1 or > PrefixCode.BitsMax)
                throw new DamageException(DamageException.Damaged);
            lengths[i] = (byte)current;
        }

        return lengths.AsSpan(0, symbols);
    }

    private void ReadSymbols(Bzip2Bits bits, int selectorCount, int end, int lengthMax)
    {
        Array.Clear(starts);
        length = 0;
        int run = 0, runUnit = 1;
        for (var taken = 0; ; taken++)
        {
            var group = taken / SymbolsOfSelector;
            if (group == selectorCount)
                throw new DamageException(DamageException.Damaged);
            var symbol = bits.Take(codes[selectors[group]]);
            if (symbol <= RunOfTwo)
            {
                run += symbol == RunOfOne ? runUnit : 2 * runUnit;
                runUnit *= 2;
                if (run > lengthMax)
                    throw new DamageException(DamageException.Damaged);
                continue;
            }

            if (run > 0)
                Put(recent[0], run, lengthMax);
            (run, runUnit) = (0, 1);
            if (symbol == end)
                return;
            Put(MoveToFront(recent, symbol - 1), 1, lengthMax);
        }
    }

    // Room is made for what there is: a small file must not cost as much as a block may hold.
    private void Put(byte value, int times, int lengthMax)
    {
        if (times > lengthMax - length)
            throw new DamageException(DamageException.Damaged);
        if (times > sorted.Length - length)
            Array.Resize(ref sorted, Math.Max(length + times, Math.Min(2 * sorted.Length, lengthMax)));
        sorted.AsSpan(length, times).Fill(value);
        length += times;
        starts[value] += times;
    }

    // The n-th of a byte in the sorted column is followed by where its n-th stands in the column that was stored.
    private void Link()
    {
        var place = 0;
        foreach (ref var start in starts.AsSpan())
        {
            var count = start;
            start = place;
            place += count;
        }

        for (var i = 0; i < length; i++)
            sorted[starts[sorted[i] & 0xFF]++] |= (uint)i << 8;
    }

    private static byte MoveToFront(Span<byte> order, int place)
    {
        var value = order[place];
        order[..place].CopyTo(order[1..]);
        order[0] = value;
        return value;
    }
}
