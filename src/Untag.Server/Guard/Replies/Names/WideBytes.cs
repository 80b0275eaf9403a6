using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>What <see cref="SquashedBytes"/> does, 64 bytes at a time, for processors that line bytes up themselves (AVX-512 VBMI2).</summary>
internal static class WideBytes
{
    /// <summary>Bytes that are looked at together.</summary>
    public const int Count = 64;

    /// <summary>Bytes that both targets must have more than the source.</summary>
    public const int Slack = Count + sizeof(ulong);

    // What a byte of ASCII becomes.
    private const byte Left = 0x80; // it is left out
    private const byte End = 0;

    private const ulong LowestBits = 0x0101010101010101;

    private static readonly byte[] Squashed = [.. Enumerable.Range(0, 128).Select(b => SquashedOf((char)b))];

    /// <summary>True where the processor has the instructions.</summary>
    public static bool IsSupported => Avx512Vbmi2.IsSupported && Avx512Vbmi.IsSupported && Bmi2.X64.IsSupported;

    /// <summary>Lines up as many letters as go in whole pieces, and leaves one byte at least.</summary>
    /// <param name="bytes">ASCII, more than <see cref="Count"/>.</param>
    /// <param name="letters">Where they go.</param>
    /// <param name="starts">For each 1 where a word begins.</param>
    /// <returns>How many bytes were looked at, and how many letters there are.</returns>
    public static (int Looked, int Letters) Squash(ReadOnlySpan<byte> bytes, Span<byte> letters, Span<byte> starts)
    {
        ref var source = ref MemoryMarshal.GetReference(bytes);
        ref var letter = ref MemoryMarshal.GetReference(letters[..(bytes.Length + Slack)]);
        ref var start = ref MemoryMarshal.GetReference(starts[..(bytes.Length + Slack)]);
        var (lower, upper) = (Vector512.Create(Squashed.AsSpan(0, Count)), Vector512.Create(Squashed.AsSpan(Count)));
        var (hadLetter, hadCapital, hadDigit, hadEnd) = (0UL, 0UL, 0UL, 1UL); // the byte before: of the first one, an end
        var (i, count) = (0, 0);
        for (; i + Count < bytes.Length; i += Count)
        {
            var these = Vector512.LoadUnsafe(ref source, (nuint)i);
            var squashed = Avx512Vbmi.PermuteVar64x8x2(lower, these, upper);
            var kept = ~squashed.ExtractMostSignificantBits();
            var letterMask = Vector512.GreaterThan(squashed.AsSByte(), Vector512.Create((sbyte)'9')).ExtractMostSignificantBits();
            var small = letterMask & (these.AsUInt16() << 2).AsByte().ExtractMostSignificantBits(); // bit 5 tells
            var capital = letterMask & ~small;
            var end = Vector512.Equals(squashed, Vector512<byte>.Zero).ExtractMostSignificantBits();
            var digit = kept & ~letterMask & ~end;
            var smallNext = (small >> 1) | (char.IsAsciiLetterLower((char)Unsafe.Add(ref source, i + Count)) ? 1UL << (Count - 1) : 0);
            var begins = (small & ~((letterMask << 1) | hadLetter))
                | (capital & ~(((capital << 1) | hadCapital) & ~smallNext))
                | (digit & ~((digit << 1) | hadDigit))
                | (end & ~((end << 1) | hadEnd));
            (hadLetter, hadCapital, hadDigit, hadEnd) = (letterMask >> (Count - 1), capital >> (Count - 1), digit >> (Count - 1), end >> (Count - 1));

            var isKept = Vector512.GreaterThanOrEqual(squashed.AsSByte(), Vector512<sbyte>.Zero).AsByte();
            Avx512Vbmi2.Compress(Vector512<byte>.Zero, isKept, squashed).StoreUnsafe(ref letter, (nuint)count);
            var bits = Bmi2.X64.ParallelBitExtract(begins, kept);
            for (var at = 0; at < Count; at += sizeof(ulong), bits >>= 8)
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, count + at), Bmi2.X64.ParallelBitDeposit(bits, LowestBits));
            count += BitOperations.PopCount(kept);
        }

        return (i, count);
    }

    private static byte SquashedOf(char c) => c switch
    {
        '"' or < ' ' => End,
        _ when char.IsAsciiLetterOrDigit(c) => (byte)(c | 0x20),
        _ => Left,
    };
}
