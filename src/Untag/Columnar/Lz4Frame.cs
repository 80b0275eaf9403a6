using System.Buffers.Binary;

namespace Untag.Columnar;

/// <summary>Unpacks a frame of LZ4: a head, and blocks with their lengths.</summary>
internal static class Lz4Frame
{
    private const int HeadBytes = 7;
    private const int ContentSizeFlag = 0x08;
    private const int DictionaryFlag = 0x01;
    private const int BlockChecksumFlag = 0x10;

    /// <summary>Unpacks a frame into a buffer of the size that it should have; false when it is damaged.</summary>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        if (packed.Length < HeadBytes || !packed.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4D, 0x18]))
            return false;
        var flags = packed[4];
        if ((flags & DictionaryFlag) != 0)
            return false;
        var at = HeadBytes + ((flags & ContentSizeFlag) != 0 ? sizeof(long) : 0);
        var written = 0;
        while (at + sizeof(int) <= packed.Length)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(packed[at..]);
            at += sizeof(int);
            if (size == 0)
                break;
            var length = size & 0x7FFF_FFFF;
            if (length > packed.Length - at)
                return false;
            var block = packed.Slice(at, (int)length);
            at += (int)length + ((flags & BlockChecksumFlag) != 0 ? sizeof(int) : 0);
            if (size != length) // a block that could not be made smaller
            {
                if (!block.TryCopyTo(unpacked[written..]))
                    return false;
                written += block.Length;
                continue;
            }

            if (!Lz4Block.TryUnpack(block, unpacked, ref written))
                return false;
        }

        return written == unpacked.Length;
    }
}
