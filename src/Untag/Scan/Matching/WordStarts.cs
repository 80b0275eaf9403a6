using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Untag.Scan.Matching;

/// <summary>Tells for 64 bytes at once where a literal can begin, and where a letter may stand in disguise.</summary>
/// <remarks>
/// Every literal begins with a letter, a digit or a character beyond ASCII, and has two more of these behind it; in ASCII
/// it begins where a word begins. That leaves about one byte in eight of a text and one in forty of random bytes, however
/// many literals there are. The classes of bytes are worked out in vectors of whatever width the machine has, and become
/// one bit a byte; what stands before and behind a byte is then a shift away.
/// </remarks>
internal struct WordStarts
{
    /// <summary>Bytes in a block.</summary>
    public const int BlockBytes = 64;

    private const ulong LastByte = 1UL << 63;
    private const ulong LastTwoBytes = 3UL << 62;

    // Whether the byte before the block is a small letter, a capital, a digit.
    private ulong smallBefore;
    private ulong capitalBefore;
    private ulong digitBefore;

    /// <summary>Bits of the bytes at which a literal can begin. What stands behind the block is not known and taken for
    /// what suits.</summary>
    public ulong Literals { get; private set; }

    /// <summary>Bits of the bytes at which a character beyond ASCII begins.</summary>
    public ulong Characters { get; private set; }

    /// <summary>Bits of the bytes at which an escape can begin: backslash, ampersand, percent sign.</summary>
    public ulong Escapes { get; private set; }

    /// <summary>Looks at a block; blocks come in their order.</summary>
    /// <param name="block">The first byte of <see cref="BlockBytes"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(ref byte block)
    {
        var bytes = Vector512.IsHardwareAccelerated
            ? Classify(Vector512.LoadUnsafe(ref block))
            : Vector256.IsHardwareAccelerated
                ? Classify(Vector256.LoadUnsafe(ref block)).Before(Classify(Vector256.LoadUnsafe(ref block, 32)), 32)
                : Classify(Vector128.LoadUnsafe(ref block)).Before(Classify(Vector128.LoadUnsafe(ref block, 16)), 16)
                    .Before(Classify(Vector128.LoadUnsafe(ref block, 32)).Before(Classify(Vector128.LoadUnsafe(ref block, 48)), 16), 32);
        var small = bytes.Letters & bytes.Bit5;
        var capital = bytes.Letters & ~bytes.Bit5;
        var lead = bytes.High & bytes.Bit6;
        var continuation = bytes.High & ~bytes.Bit6;
        var word = bytes.Letters | bytes.Digits | bytes.High;
        var starts = (small & ~((bytes.Letters << 1) | smallBefore | capitalBefore))
            | (capital & (~((capital << 1) | capitalBefore) | ((small | bytes.High) >> 1) | LastByte))
            | (bytes.Digits & ~((bytes.Digits << 1) | digitBefore));
        Characters = lead & ((continuation >> 1) | LastByte);
        Literals = (starts | Characters) & ((word >> 1) | LastByte) & ((word >> 2) | LastTwoBytes);
        Escapes = bytes.Escapes;
        smallBefore = small >> 63;
        capitalBefore = capital >> 63;
        digitBefore = bytes.Digits >> 63;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Classes Classify(Vector512<byte> bytes)
    {
        var twice = bytes + bytes;
        return new Classes(
            Vector512.LessThan((bytes | Vector512.Create((byte)0x20)) - Vector512.Create((byte)'a'), Vector512.Create((byte)26)).ExtractMostSignificantBits(),
            Vector512.LessThan(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)10)).ExtractMostSignificantBits(),
            bytes.ExtractMostSignificantBits(),
            twice.ExtractMostSignificantBits(),
            (twice + twice).ExtractMostSignificantBits(),
            (Vector512.Equals(bytes, Vector512.Create((byte)'\\')) | Vector512.Equals(bytes, Vector512.Create((byte)'&'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'%'))).ExtractMostSignificantBits());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Classes Classify(Vector256<byte> bytes)
    {
        var twice = bytes + bytes;
        return new Classes(
            Vector256.LessThan((bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26)).ExtractMostSignificantBits(),
            Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10)).ExtractMostSignificantBits(),
            bytes.ExtractMostSignificantBits(),
            twice.ExtractMostSignificantBits(),
            (twice + twice).ExtractMostSignificantBits(),
            (Vector256.Equals(bytes, Vector256.Create((byte)'\\')) | Vector256.Equals(bytes, Vector256.Create((byte)'&'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'%'))).ExtractMostSignificantBits());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Classes Classify(Vector128<byte> bytes)
    {
        var twice = bytes + bytes;
        return new Classes(
            Vector128.LessThan((bytes | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a'), Vector128.Create((byte)26)).ExtractMostSignificantBits(),
            Vector128.LessThan(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)10)).ExtractMostSignificantBits(),
            bytes.ExtractMostSignificantBits(),
            twice.ExtractMostSignificantBits(),
            (twice + twice).ExtractMostSignificantBits(),
            (Vector128.Equals(bytes, Vector128.Create((byte)'\\')) | Vector128.Equals(bytes, Vector128.Create((byte)'&'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'%'))).ExtractMostSignificantBits());
    }

    /// <summary>A bit for each byte.</summary>
    /// <param name="Letters">Letters of ASCII.</param>
    /// <param name="Digits">Digits.</param>
    /// <param name="High">Bytes beyond ASCII.</param>
    /// <param name="Bit6">The bit that tells the first byte of a character beyond ASCII from those behind it.</param>
    /// <param name="Bit5">The bit that tells a small letter from a capital.</param>
    /// <param name="Escapes">Bytes that can begin an escape.</param>
    private readonly record struct Classes(ulong Letters, ulong Digits, ulong High, ulong Bit6, ulong Bit5, ulong Escapes)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Classes Before(Classes next, int count) => new(
            Letters | (next.Letters << count), Digits | (next.Digits << count), High | (next.High << count),
            Bit6 | (next.Bit6 << count), Bit5 | (next.Bit5 << count), Escapes | (next.Escapes << count));
    }
}
