using System.Buffers.Binary;

namespace Untag;

/// <summary>The checksum of ZIP and other archives, over eight bytes at a time: one byte at a time costs more than unpacking.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Lanes = 8;

    private static readonly uint[] Table = BuildTable();

    /// <summary>The checksum of what was read before and these bytes; 0 is that of nothing.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var crc = ~checksum;
        var table = Table;
        while (bytes.Length >= Lanes)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (var lane = 0; lane < Lanes; lane++)
                crc ^= table[(Lanes - 1 - lane) * 256 + (int)((word >> (8 * lane)) & 0xFF)];
            bytes = bytes[Lanes..];
        }

        foreach (var b in bytes)
            crc = table[(int)((crc ^ b) & 0xFF)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[Lanes * 256];
        for (var i = 0; i < 256; i++)
        {
            var crc = (uint)i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            table[i] = crc;
        }

        for (var i = 256; i < table.Length; i++)
            table[i] = table[(int)(table[i - 256] & 0xFF)] ^ (table[i - 256] >> 8);
        return table;
    }
}
