using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Untag.Scan.Containers.Codecs;

/// <summary>What an xz file holds against damage of a block. Of the kinds that nobody uses, only the length is known.
/// </summary>
/// <param name="kind">Its number.</param>
internal sealed class XzCheck(int kind) : IDisposable
{
    private const int Crc32Kind = 1;
    private const int Crc64Kind = 4;
    private const int Sha256Kind = 10;

    private static readonly ulong[] Crc64Table = BuildCrc64Table();

    private readonly IncrementalHash? hash =
        kind == Sha256Kind ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    private uint crc32;
    private ulong crc64 = ulong.MaxValue;

    /// <summary>Its length in the file.</summary>
    public int Bytes => kind == 0 ? 0 : 4 << ((kind - 1) / 3);

    /// <summary>Takes unpacked bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (kind == Crc32Kind)
            crc32 = Crc32.Append(crc32, bytes);
        hash?.AppendData(bytes);
        if (kind != Crc64Kind)
            return;
        foreach (var b in bytes)
            crc64 = Crc64Table[(int)((crc64 ^ b) & 0xFF)] ^ (crc64 >> 8);
    }

    /// <summary>True when the bytes are those that were packed.</summary>
    public bool Holds(ReadOnlySpan<byte> stated) => kind switch
    {
        Crc32Kind => BinaryPrimitives.ReadUInt32LittleEndian(stated) == crc32,
        Crc64Kind => BinaryPrimitives.ReadUInt64LittleEndian(stated) == ~crc64,
        Sha256Kind => stated.SequenceEqual(hash!.GetHashAndReset()),
        _ => true,
    };

    /// <inheritdoc/>
    public void Dispose() => hash?.Dispose();

    private static ulong[] BuildCrc64Table()
    {
        var table = new ulong[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xC96C5795D7870F42 : crc >> 1;
            table[i] = crc;
        }

        return table;
    }
}
