using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>Where in a row of letters one of many spellings may begin, by its first three: a byte for each three, with a bit for where a word
/// begins and one for inside of a word. Where the processor can, <see cref="LetterPairs"/> says first where it is worth to look.</summary>
internal sealed class FirstLetters
{
    /// <summary>Most letters that are looked through at a time.</summary>
    public const int RowMax = 256;

    private const int Letter = 0x1F; // the bits in which letters differ; a digit looks like one of them
    private const uint ThreeLetters = 0x1F1F1F;
    private const byte Inside = 1 << 0;
    private const byte WhereWordsBegin = 1 << 1;

    private readonly byte[] bits = new byte[1 << 15];
    private readonly LetterPairs? pairs;

    /// <param name="whereWordsBegin">Squashed spellings in ASCII, of three letters at least, that count where a word begins.</param>
    /// <param name="anywhere">Those that count inside of a word too.</param>
    public FirstLetters(IReadOnlyCollection<string> whereWordsBegin, IReadOnlyCollection<string> anywhere)
    {
        foreach (var spelling in whereWordsBegin)
            bits[Three(spelling)] |= WhereWordsBegin;
        foreach (var spelling in anywhere)
            bits[Three(spelling)] |= Inside | WhereWordsBegin;
        pairs = LetterPairs.IsSupported ? new LetterPairs(whereWordsBegin, anywhere) : null;
    }

    /// <summary>Finds the places where a spelling may begin. Which letter is one is hard to foretell, so nothing is skipped: each place is
    /// written down, and the next one over it unless it counts.</summary>
    /// <param name="letters">The letters, at most <see cref="RowMax"/>, and <see cref="SquashedBytes.Slack"/> more, of which the first four are zero.</param>
    /// <param name="starts">For each 1 where a word begins, and 0 elsewhere.</param>
    /// <param name="count">How many letters there are.</param>
    /// <param name="places">The places, in order; room for all and one more.</param>
    /// <returns>How many places there are.</returns>
    public int Find(ReadOnlySpan<byte> letters, ReadOnlySpan<byte> starts, int count, Span<ushort> places)
    {
        if (pairs is not null)
            return Find(pairs, letters, starts, count, places);
        ref var letter = ref MemoryMarshal.GetReference(letters[..(count + sizeof(uint))]);
        ref var start = ref MemoryMarshal.GetReference(starts[..count]);
        ref var place = ref MemoryMarshal.GetReference(places[..(count + 1)]);
        ref var bit = ref MemoryMarshal.GetArrayDataReference(bits);
        nuint found = 0;
        for (nuint i = 0; i < (nuint)count; i++)
        {
            var three = Three(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref letter, i)));
            Unsafe.Add(ref place, found) = (ushort)i;
            found += ((uint)Unsafe.Add(ref bit, three) >> Unsafe.Add(ref start, i)) & 1;
        }

        return (int)found;
    }

    private int Find(LetterPairs worthwhile, ReadOnlySpan<byte> letters, ReadOnlySpan<byte> starts, int count, Span<ushort> places)
    {
        var found = 0;
        for (var row = 0; row < count; row += LetterPairs.Count)
        {
            for (var mask = worthwhile.At(letters[row..], starts[row..], count - row); mask != 0; mask &= mask - 1)
            {
                var i = row + BitOperations.TrailingZeroCount(mask);
                if (((bits[Three(BitConverter.ToUInt32(letters[i..]))] >> starts[i]) & 1) != 0)
                    places[found++] = (ushort)i;
            }
        }

        return found;
    }

    private static uint Three(string spelling) => Three(spelling[0] | ((uint)spelling[1] << 8) | ((uint)spelling[2] << 16));

    private static uint Three(uint letters) => Bmi2.IsSupported
        ? Bmi2.ParallelBitExtract(letters, ThreeLetters)
        : (letters & Letter) | ((letters >> 3) & (Letter << 5)) | ((letters >> 6) & (Letter << 10));
}
