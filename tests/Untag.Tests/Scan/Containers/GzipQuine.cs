using System.Buffers.Binary;

namespace Untag.Tests.Scan.Containers;

/// <summary>A gzip file that unpacks to itself, and so is archives all the way down.</summary>
/// <remarks>Deflate is a language of two orders here, each of five bytes: print the following bytes, and repeat those
/// printed last. The orders below print themselves, behind the header and before the checksum, which stands twice in
/// the file and in its own sum. A checksum is linear: the one that is its own sum solves 32 equations.</remarks>
internal static class GzipQuine
{
    private const int ChecksumLength = 4;

    private static readonly byte[] Header = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, .. "r.gz\0"u8];
    private static readonly byte[] Print5 = [0, 5, 0, 0xFA, 0xFF];
    private static readonly byte[] Print20 = [0, 20, 0, 0xEB, 0xFF];
    private static readonly byte[] Repeat20 = Repeat(isLast: 0, first: 10, second: 10, distance: 20);
    private static readonly byte[] Repeat13AndEnd = Repeat(isLast: 1, first: 10, second: 3, distance: 13);

    /// <summary>The file.</summary>
    public static byte[] Build()
    {
        // The filling counts up until the equations have a solution.
        for (byte filling = 0; ; filling++)
        {
            if (Solve(filling) is { } checksum)
                return Build(filling, checksum);
        }
    }

    private static byte[] Build(byte filling, uint checksum)
    {
        byte[] head =
        [
            .. Header, .. Print20, .. Header, .. Print20, .. Repeat20, .. Print5, .. Repeat20, .. Print5, .. Print5,
            .. Print20, .. Repeat20, .. Print5, .. Print5, .. Print20, .. Repeat20,
            .. Print20, .. Repeat20, .. Print20, .. Repeat20, .. Print20, .. Repeat20, .. Print20,
        ];
        var size = head.Length + 7 + 2 * (Repeat13AndEnd.Length + 2 * ChecksumLength);
        var tail = new byte[2 * ChecksumLength];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, checksum);
        BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(ChecksumLength), size);
        return [.. head, filling, 0, 0, 0, 0, 0, 0, .. Repeat13AndEnd, .. tail, .. Repeat13AndEnd, .. tail];
    }

    private static uint? Solve(byte filling)
    {
        var constant = Crc32.Append(0, Build(filling, 0));
        var rows = new ulong[32]; // a bit for each unknown, and the right side in bit 32
        for (var unknown = 0; unknown < 32; unknown++)
        {
            var effect = Crc32.Append(0, Build(filling, 1u << unknown)) ^ constant ^ (1u << unknown);
            for (var bit = 0; bit < 32; bit++)
                rows[bit] |= (ulong)((effect >> bit) & 1) << unknown;
        }

        for (var bit = 0; bit < 32; bit++)
            rows[bit] |= (ulong)((constant >> bit) & 1) << 32;
        for (var column = 0; column < 32; column++)
        {
            var pivot = Array.FindIndex(rows, column, row => (row >> column & 1) != 0);
            if (pivot < 0)
                return null;
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            for (var row = 0; row < 32; row++)
                rows[row] ^= row != column && (rows[row] >> column & 1) != 0 ? rows[column] : 0;
        }

        var checksum = 0u;
        for (var bit = 0; bit < 32; bit++)
            checksum |= (uint)(rows[bit] >> 32 & 1) << bit;
        return checksum;
    }

    // A block of fixed codes with two matches: with a distance of 20 it fills its five bytes to the bit.
    private static byte[] Repeat(int isLast, int first, int second, int distance)
    {
        var bits = new List<int> { isLast, 1, 0 };
        foreach (var length in (int[])[first, second])
        {
            AddCode(bits, length - 3 + 1, 7); // lengths of 3 to 10 are the codes 257 to 264
            var (code, start, extra) = distance > 16 ? (8, 17, 3) : (7, 13, 2);
            AddCode(bits, code, 5);
            for (var i = 0; i < extra; i++)
                bits.Add((distance - start >> i) & 1);
        }

        AddCode(bits, 0, 7); // the end of the block
        var bytes = new byte[5];
        for (var i = 0; i < bits.Count; i++)
            bytes[i / 8] |= (byte)(bits[i] << (i % 8));
        return bytes;
    }

    private static void AddCode(List<int> bits, int code, int length)
    {
        for (var i = length - 1; i >= 0; i--)
            bits.Add((code >> i) & 1);
    }
}
