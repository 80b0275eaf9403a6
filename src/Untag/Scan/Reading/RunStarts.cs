using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Untag.Scan.Reading;

/// <summary>Leaves out, many bytes at once, what cannot be a run of text: no run that counts has fewer than four bytes, and
/// each byte is printable ASCII or belongs to a character of UTF-8.</summary>
/// <remarks>
/// A place is met when four bytes in a row may be text. The byte before it then is not, or the place before had been met: so
/// it is where a run begins. What is met need not be text, but what is text is met.
/// </remarks>
internal static class RunStarts
{
    /// <summary>The smallest byte that begins a character beyond ASCII.</summary>
    public const byte FirstLead = 0xC2;

    private const int RunBytesMin = 4;
    private const int BlockBytes = 64;
    // The last places of a block are not known: what stands behind them is in the next.
    private const int KnownPlaces = BlockBytes - RunBytesMin;

    /// <summary>The next place at which a run may begin; -1 when there is none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="from">Where to begin: no run goes on across it.</param>
    public static int Next(ReadOnlySpan<byte> bytes, int from)
    {
        var at = from;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        for (; at + BlockBytes <= bytes.Length; at += KnownPlaces)
        {
            var starts = StartsIn(ref Unsafe.Add(ref first, at));
            if (starts != 0)
                return at + BitOperations.TrailingZeroCount(starts);
        }

        for (; at < bytes.Length; at++)
        {
            if (bytes[at] is (>= (byte)' ' and <= (byte)'~') or >= FirstLead)
                return at;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong StartsIn(ref byte block)
    {
        ulong ascii = 0, high = 0, bit6 = 0;
        for (var i = 0; i < BlockBytes; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref block, (nuint)i);
            ascii |= (ulong)Vector128.LessThan(bytes - Vector128.Create((byte)' '), Vector128.Create((byte)('~' - ' ' + 1))).ExtractMostSignificantBits() << i;
            high |= (ulong)bytes.ExtractMostSignificantBits() << i;
            bit6 |= (ulong)(bytes + bytes).ExtractMostSignificantBits() << i;
        }

        var lead = high & bit6;
        var continuation = high & ~bit6;
        var text = ascii | (lead & (continuation >> 1)) | (continuation & ((high << 1) | 1));
        text &= text >> 1;
        return text & (text >> 2) & ((1UL << KnownPlaces) - 1);
    }
}
