using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>Where in a row of letters one of many spellings may begin, by its first three: a bit for each three, four kibibytes in all.
/// </summary>
internal sealed class FirstLetters
{
    private const int Letter = 0x1F; // the bits in which letters differ; a digit looks like one of them
    private const uint ThreeLetters = 0x1F1F1F;

    private readonly ulong[] bits = new ulong[1 << 15 >> 6];

    /// <param name="spellings">Squashed spellings in ASCII, of three letters at least.</param>
    public FirstLetters(IEnumerable<string> spellings)
    {
        foreach (var spelling in spellings)
        {
            var three = Three(spelling[0] | ((uint)spelling[1] << 8) | ((uint)spelling[2] << 16));
            bits[three >> 6] |= 1UL << (int)(three & 63);
        }
    }

    /// <summary>The first place from which a spelling may go on; the end when there is none.</summary>
    /// <param name="letters">The letters, with room for four more.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="count">How many letters there are.</param>
    public int Next(ReadOnlySpan<byte> letters, int from, int count)
    {
        ref var first = ref MemoryMarshal.GetReference(letters[..(count + sizeof(uint))]);
        for (; from < count; from++)
        {
            var three = Three(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, from)));
            if ((bits[three >> 6] >> (int)(three & 63) & 1) != 0)
                return from;
        }

        return count;
    }

    private static uint Three(uint letters) => Bmi2.IsSupported
        ? Bmi2.ParallelBitExtract(letters, ThreeLetters)
        : (letters & Letter) | ((letters >> 3) & (Letter << 5)) | ((letters >> 6) & (Letter << 10));
}
