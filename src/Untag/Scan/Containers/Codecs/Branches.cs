using System.Buffers.Binary;

namespace Untag.Scan.Containers.Codecs;

/// <summary>Filters for programs, in which a jump says how far away its target is: packers replace that by where it is,
/// which is the same for all jumps to it.</summary>
internal static class Branches
{
    private delegate uint WordFilter(uint word, uint place);

    /// <summary>Code for ARM processors of 32 bits.</summary>
    public static int Arm(Span<byte> bytes, uint position) => EachWord(bytes, position, static (word, place) =>
        word >> 24 == 0xEB ? (word & 0xFF000000) | (Difference(word << 2, place + 8L) >> 2 & 0x00FFFFFF) : word);

    /// <summary>Code for ARM processors of 64 bits.</summary>
    public static int Arm64(Span<byte> bytes, uint position) => EachWord(bytes, position, static (word, place) =>
    {
        if (word >> 26 == 0x25)
            return 0x94000000 | (Difference(word, place >> 2) & 0x03FFFFFF);
        if ((word & 0x9F000000) != 0x90000000)
            return word;
        var page = ((word >> 29) & 3) | ((word >> 3) & 0x1FFFFC);
        if (((page + 0x20000) & 0x1C0000) != 0)
            return word;
        page = Difference(page, place >> 12);
        return (word & 0x9000001F) | ((page & 3) << 29) | ((page & 0x3FFFC) << 3) | ((page & 0x20000) == 0 ? 0 : 0xE00000u);
    });

    /// <summary>Code for PowerPC processors.</summary>
    public static int PowerPc(Span<byte> bytes, uint position) => EachWord(bytes, position, static (word, place) =>
    {
        var turned = BinaryPrimitives.ReverseEndianness(word);
        return (turned & 0xFC000003) == 0x48000001
            ? BinaryPrimitives.ReverseEndianness(0x48000001 | (Difference(turned, place) & 0x03FFFFFC))
            : word;
    });

    /// <summary>Code for SPARC processors.</summary>
    public static int Sparc(Span<byte> bytes, uint position) => EachWord(bytes, position, static (word, place) =>
    {
        var turned = BinaryPrimitives.ReverseEndianness(word);
        if (turned >> 22 is not (0x100 or 0x1FF))
            return word;
        var target = Difference(turned << 2, place) >> 2;
        return BinaryPrimitives.ReverseEndianness(
            ((target & 0x400000) == 0 ? 0 : 0x3FC00000u) | (target & 0x3FFFFF) | 0x40000000);
    });

    /// <summary>Code for ARM processors whose words have 16 bits.</summary>
    public static int Thumb(Span<byte> bytes, uint position)
    {
        unchecked
        {
            var at = 0;
            for (; at + 4 <= bytes.Length; at += 2)
            {
                uint high = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
                uint low = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
                if (high >> 11 != 0x1E || low >> 11 != 0x1F)
                    continue;
                var target = ((((high & 0x7FF) << 11) | (low & 0x7FF)) << 1) - (position + (uint)at + 4);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], (ushort)(0xF000 | ((target >> 12) & 0x7FF)));
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[(at + 2)..], (ushort)(0xF800 | ((target >> 1) & 0x7FF)));
                at += 2;
            }

            return at;
        }
    }

    private static uint Difference(uint target, long place) => unchecked((uint)(target - place));

    private static int EachWord(Span<byte> bytes, uint position, WordFilter convert)
    {
        var at = 0;
        for (; at + 4 <= bytes.Length; at += 4)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], convert(word, unchecked(position + (uint)at)));
        }

        return at;
    }
}
