using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>Of 64 letters in a row, those where one of many spellings may begin, by its first, second and third pair of letters that follow each
/// other. For processors that look up 64 bytes at a time in a table of 128 (AVX-512 VBMI).</summary>
/// <remarks>Five bits of each letter count. A table has a bit for each pair: its byte is told by the first letter and two bits of the second,
/// its bit by the other three.</remarks>
internal sealed class LetterPairs
{
    /// <summary>Letters that are looked at together.</summary>
    public const int Count = 64;

    private const int TableBytes = 128;
    private const int PairsMax = 3;

    // The pairs of spellings that count where a word begins, one table after the other, and of those that count anywhere.
    private readonly byte[] whereWordsBegin = new byte[PairsMax * TableBytes];
    private readonly byte[] anywhere = new byte[PairsMax * TableBytes];

    /// <param name="whereWordsBegin">Squashed spellings in ASCII, of three letters at least, that count where a word begins.</param>
    /// <param name="anywhere">Those that count inside of a word too.</param>
    public LetterPairs(IEnumerable<string> whereWordsBegin, IEnumerable<string> anywhere)
    {
        foreach (var spelling in whereWordsBegin)
            Add(this.whereWordsBegin, spelling);
        foreach (var spelling in anywhere)
            Add(this.anywhere, spelling);
    }

    /// <summary>True where the processor has the instructions.</summary>
    public static bool IsSupported => Avx512Vbmi.IsSupported;

    /// <summary>Where a spelling may begin.</summary>
    /// <param name="letters">The letters, and as many behind the last one as are looked at together.</param>
    /// <param name="starts">For each 1 where a word begins, and 0 elsewhere.</param>
    /// <param name="count">How many letters there are.</param>
    /// <returns>A bit for each letter, the first one lowest.</returns>
    public ulong At(ReadOnlySpan<byte> letters, ReadOnlySpan<byte> starts, int count)
    {
        ref var letter = ref MemoryMarshal.GetReference(letters[..(Count + PairsMax)]);
        ref var start = ref MemoryMarshal.GetReference(starts[..Count]);
        var (first, second, third, fourth) = (
            Vector512.LoadUnsafe(ref letter), Vector512.LoadUnsafe(ref letter, 1), Vector512.LoadUnsafe(ref letter, 2), Vector512.LoadUnsafe(ref letter, 3));
        var (one, two, three) = (PlaceOf(first, second), PlaceOf(second, third), PlaceOf(third, fourth));
        var (bitOne, bitTwo, bitThree) = (BitOf(second), BitOf(third), BitOf(fourth));
        var found = Met(Of(whereWordsBegin, 0, one) & bitOne) & Met(Of(whereWordsBegin, 1, two) & bitTwo) & Met(Of(whereWordsBegin, 2, three) & bitThree)
            & Met(Vector512.LoadUnsafe(ref start));
        found |= Met(Of(anywhere, 0, one) & bitOne) & Met(Of(anywhere, 1, two) & bitTwo) & Met(Of(anywhere, 2, three) & bitThree);
        return count < Count ? found & ((1UL << count) - 1) : found;
    }

    private static void Add(byte[] tables, string spelling)
    {
        for (var pair = 0; pair < PairsMax; pair++)
        {
            for (var letter = 0; letter < 32; letter++)
            {
                if (pair + 1 >= spelling.Length || letter == (spelling[pair + 1] & 0x1F))
                    tables[(pair * TableBytes) + ((spelling[pair] & 0x1F) << 2) + (letter >> 3)] |= (byte)(1 << (letter & 7));
            }
        }
    }

    private static Vector512<byte> PlaceOf(Vector512<byte> first, Vector512<byte> second) =>
        ((first & Vector512.Create((byte)0x1F)).AsUInt16() << 2).AsByte() | ((second & Vector512.Create((byte)0x18)).AsUInt16() >> 3).AsByte();

    private static Vector512<byte> BitOf(Vector512<byte> letter) =>
        Avx512BW.Shuffle(Vector512.Create(0x8040201008040201).AsByte(), letter & Vector512.Create((byte)7));

    private static Vector512<byte> Of(byte[] tables, int pair, Vector512<byte> place)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(tables);
        var at = (nuint)(pair * TableBytes);
        return Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadUnsafe(ref table, at), place, Vector512.LoadUnsafe(ref table, at + (TableBytes / 2)));
    }

    private static ulong Met(Vector512<byte> bits) => ~Vector512.Equals(bits, Vector512<byte>.Zero).ExtractMostSignificantBits();
}
