namespace Untag.Scan.Containers.Codecs;

/// <summary>Unpacks Deflate64: Deflate that refers back twice as far, by which large files are packed into ZIP archives.
/// </summary>
/// <param name="packed">The packed bytes.</param>
internal sealed class Deflate64Stream(Stream packed) : ReadOnlyStream
{
    private const int WindowBytes = 64 * 1024;
    private const int BlockEnd = 256;
    private const int Symbols = 288;
    private const int Distances = 32;
    private const int LengthMin = 3;

    private readonly DeflateBits bits = new(new PackedBytes(packed));
    private readonly PrefixCode symbols = new();
    private readonly PrefixCode distances = new();
    private readonly byte[] lengths = new byte[Symbols + Distances];
    private readonly byte[] window = new byte[WindowBytes];
    private Place place = Place.BeforeBlock;
    private bool isLastBlock;
    private long total;
    private int storedLeft;
    private int repeatLeft;
    private int distance;

    private enum Place
    {
        BeforeBlock,
        InStored,
        InPacked,
        AtEnd,
    }

    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && place != Place.AtEnd)
        {
            if (repeatLeft > 0)
            {
                repeatLeft--;
                buffer[count++] = Put(window[(int)((total - distance) % WindowBytes)]);
            }
            else if (place == Place.BeforeBlock)
            {
                StartBlock();
            }
            else if (place == Place.InStored)
            {
                if (storedLeft-- > 0)
                    buffer[count++] = Put((byte)bits.Take(8));
                else
                    EndBlock();
            }
            else if (Literal() is { } literal)
            {
                buffer[count++] = Put(literal);
            }
        }

        return count;
    }

    // Null when the next symbol starts a repetition or ends the block.
    private byte? Literal()
    {
        var symbol = bits.Take(symbols);
        if (symbol < BlockEnd)
            return (byte)symbol;
        if (symbol == BlockEnd)
            EndBlock();
        else
            StartRepeat(symbol - BlockEnd - 1);
        return null;
    }

    private byte Put(byte value)
    {
        window[(int)(total++ % WindowBytes)] = value;
        return value;
    }

    private void EndBlock() => place = isLastBlock ? Place.AtEnd : Place.BeforeBlock;

    private void StartBlock()
    {
        isLastBlock = bits.Take(1) == 1;
        place = Place.InPacked;
        switch (bits.Take(2))
        {
            case 0:
                bits.PassByte();
                storedLeft = bits.Take(16);
                if (bits.Take(16) != (storedLeft ^ 0xFFFF))
                    throw new DamageException(DamageException.Damaged);
                place = Place.InStored;
                break;
            case 1:
                lengths.AsSpan(0, 144).Fill(8);
                lengths.AsSpan(144, 112).Fill(9);
                lengths.AsSpan(256, 24).Fill(7);
                lengths.AsSpan(280, 8).Fill(8);
                lengths.AsSpan(Symbols).Fill(5);
                symbols.Build(lengths.AsSpan(0, Symbols));
                distances.Build(lengths.AsSpan(Symbols));
                break;
            case 2:
                ReadCodes();
                break;
            default:
                throw new DamageException(DamageException.Damaged);
        }
    }

    private void ReadCodes()
    {
        var symbolCount = bits.Take(5) + BlockEnd + 1;
        var distanceCount = bits.Take(5) + 1;
        var lengthCount = bits.Take(4) + 4;
        Span<byte> own = stackalloc byte[LengthOrder.Length];
        own.Clear();
        for (var i = 0; i < lengthCount; i++)
            own[LengthOrder[i]] = (byte)bits.Take(3);
        symbols.Build(own);
        var all = lengths.AsSpan(0, symbolCount + distanceCount);
        for (var i = 0; i < all.Length;)
        {
            var symbol = bits.Take(symbols);
            var (value, times) = symbol switch
            {
                16 => (i > 0 ? all[i - 1] : throw new DamageException(DamageException.Damaged), 3 + bits.Take(2)),
                17 => ((byte)0, 3 + bits.Take(3)),
                18 => ((byte)0, 11 + bits.Take(7)),
                _ => ((byte)symbol, 1),
            };
            if (times > all.Length - i)
                throw new DamageException(DamageException.Damaged);
            all.Slice(i, times).Fill(value);
            i += times;
        }

        distances.Build(all[symbolCount..]);
        symbols.Build(all[..symbolCount]);
    }

    // Lengths and distances come in steps that double: so many lower bits follow. Only the last length is not as in
    // Deflate.
    private void StartRepeat(int code)
    {
        const int LastLength = 28;
        repeatLeft = LengthMin + code switch
        {
            < 8 => code,
            < LastLength => ((4 + code % 4) << (code / 4 - 1)) + bits.Take(code / 4 - 1),
            LastLength => bits.Take(16),
            _ => throw new DamageException(DamageException.Damaged),
        };
        var step = bits.Take(distances);
        distance = 1 + (step < 4 ? step : ((2 + step % 2) << (step / 2 - 1)) + bits.Take(step / 2 - 1));
        if (distance > total)
            throw new DamageException(DamageException.Damaged);
    }
}
