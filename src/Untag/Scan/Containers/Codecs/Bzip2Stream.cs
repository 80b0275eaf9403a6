namespace Untag.Scan.Containers.Codecs;

/// <summary>Unpacks bzip2, one file or several in a row.</summary>
/// <param name="packed">The packed bytes.</param>
internal sealed class Bzip2Stream(Stream packed) : ReadOnlyStream
{
    private const int BlockMark = 0x314159;
    private const int BlockMarkRest = 0x265359;
    private const int EndMark = 0x177245;
    private const int EndMarkRest = 0x385090;
    private const int RunBytes = 4; // so many of a byte are followed by how many more there are

    private static readonly uint[] ChecksumTable = BuildChecksumTable();

    private readonly Bzip2Bits bits = new(new PackedBytes(packed));
    private readonly Bzip2Block block = new();
    private Place place = Place.BeforeFile;
    private int level;
    private uint blockChecksum;
    private uint checksum;
    private uint fileChecksum;
    private int last = -1;
    private int equal; // how often the last byte was there in a row
    private int repeatLeft;

    private enum Place
    {
        BeforeFile,
        BeforeBlock,
        InBlock,
        AtEnd,
    }

    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && (place == Place.InBlock || Advance()))
        {
            var b = NextByte();
            if (b >= 0)
                buffer[count++] = (byte)b;
            else
                EndBlock();
        }

        return count;
    }

    private static uint[] BuildChecksumTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i << 24;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc << 1) ^ (crc >> 31 == 1 ? 0x04C11DB7u : 0);
            table[i] = crc;
        }

        return table;
    }

    // False when nothing is left.
    private bool Advance()
    {
        while (place != Place.InBlock)
        {
            if (place == Place.AtEnd || (place == Place.BeforeFile && !StartFile()))
                return false;
            StartBlock();
        }

        return true;
    }

    private bool StartFile()
    {
        if (bits.IsAtEnd)
        {
            if (level == 0)
                throw new DamageException(DamageException.Cut);
            place = Place.AtEnd;
            return false;
        }

        if (bits.Take(8) != 'B' || bits.Take(8) != 'Z' || bits.Take(8) != 'h')
            throw new DamageException(level == 0 ? DamageException.Damaged : DamageException.Behind);
        level = bits.Take(8) - '0';
        if (level is < 1 or > 9)
            throw new DamageException(DamageException.Damaged);
        fileChecksum = 0;
        return true;
    }

    private void StartBlock()
    {
        var (mark, rest) = (bits.Take(24), bits.Take(24));
        var stated = ((uint)bits.Take(16) << 16) | (uint)bits.Take(16);
        if ((mark, rest) == (EndMark, EndMarkRest))
        {
            if (stated != fileChecksum)
                throw new DamageException(DamageException.OtherChecksum);
            bits.PassByte();
            place = Place.BeforeFile;
            return;
        }

        if ((mark, rest) != (BlockMark, BlockMarkRest))
            throw new DamageException(DamageException.Damaged);
        blockChecksum = stated;
        block.Read(bits, level);
        (checksum, last, equal, repeatLeft, place) = (uint.MaxValue, -1, 0, 0, Place.InBlock);
    }

    private void EndBlock()
    {
        if (~checksum != blockChecksum)
            throw new DamageException(DamageException.OtherChecksum);
        fileChecksum = ((fileChecksum << 1) | (fileChecksum >> 31)) ^ blockChecksum;
        place = Place.BeforeBlock;
    }

    private int NextByte()
    {
        if (equal == RunBytes)
            (equal, repeatLeft) = (0, block.Next());
        if (repeatLeft > 0)
        {
            repeatLeft--;
            return Checked(last);
        }

        var b = block.Next();
        if (b < 0)
            return b;
        equal = b == last ? equal + 1 : 1;
        last = b;
        return Checked(b);
    }

    private int Checked(int b)
    {
        checksum = (checksum << 8) ^ ChecksumTable[(checksum >> 24) ^ (uint)b];
        return b;
    }
}
