using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>The letters and digits of ASCII in a row, small, without anything between them; a quotation mark or a control character
/// is a zero.</summary>
internal static class SquashedBytes
{
    /// <summary>Bytes that both targets must have more than the source.</summary>
    public const int Slack = WideBytes.Slack;

    // Of eight bytes, the places of those that a mask names, in order.
    private static readonly ulong[] Places = [.. Enumerable.Range(0, 256).Select(PlacesOf)];

    /// <summary>Lines the letters up.</summary>
    /// <param name="bytes">ASCII.</param>
    /// <param name="letters">Where they go.</param>
    /// <param name="starts">For each 1 where a word begins, behind something else or at a capital as in <c>faceRace</c>; else 0.</param>
    /// <returns>How many there are.</returns>
    public static int Squash(ReadOnlySpan<byte> bytes, Span<byte> letters, Span<byte> starts)
    {
        if (bytes.IsEmpty)
            return 0;
        var (i, count) = WideBytes.IsSupported && bytes.Length > WideBytes.Count
            ? WideBytes.Squash(bytes, letters, starts)
            : (1, One(bytes, 0, letters, starts)); // nothing stands before it
        for (; i + Vector128<byte>.Count < bytes.Length; i += Vector128<byte>.Count) // and something behind each of these
            count += Sixteen(bytes, i, letters[count..], starts[count..]);
        for (; i < bytes.Length; i++)
            count += One(bytes, i, letters[count..], starts[count..]);
        return count;
    }

    /// <summary>Makes places in the row places in the bytes that it was made of.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="places">The places, in order.</param>
    public static void ToBytes(ReadOnlySpan<byte> bytes, Span<int> places)
    {
        var (i, count) = (0, 0); // bytes, and the letters among them
        foreach (ref var place in places)
        {
            while (i + Vector128<byte>.Count <= bytes.Length && KeptOf(Vector128.Create(bytes[i..])) is var kept && count + BitOperations.PopCount(kept) <= place)
            {
                count += BitOperations.PopCount(kept);
                i += Vector128<byte>.Count;
            }

            for (; count <= place; i++)
                count += IsKept(bytes[i]) ? 1 : 0;
            place = i - 1;
        }
    }

    private static int Sixteen(ReadOnlySpan<byte> bytes, int at, Span<byte> letters, Span<byte> starts)
    {
        var these = Vector128.Create(bytes[at..]);
        var before = Vector128.Create(bytes[(at - 1)..]);
        var (small, capital, digit, end) = (IsSmall(these), IsCapital(these), IsDigit(these), IsEnd(these));
        var kept = (small | capital | digit | end).ExtractMostSignificantBits();
        if (kept == 0)
            return 0;
        var start =
            Vector128.AndNot(small, IsSmall(before) | IsCapital(before))
            | Vector128.AndNot(capital, Vector128.AndNot(IsCapital(before), IsSmall(Vector128.Create(bytes[(at + 1)..]))))
            | Vector128.AndNot(digit, IsDigit(before))
            | Vector128.AndNot(end, IsEnd(before));
        var folded = Vector128.AndNot(these | Vector128.Create((byte)0x20), end);
        var (low, high) = ((byte)(kept & 0xFF), (byte)(kept >> 8));
        var places = Vector128.Create(Places[low], Places[high] | 0x0808080808080808).AsByte();
        var count = BitOperations.PopCount(low);
        Write(Vector128.Shuffle(folded, places).AsUInt64(), letters, count);
        Write(Vector128.Shuffle(start & Vector128<byte>.One, places).AsUInt64(), starts, count);
        return count + BitOperations.PopCount(high);
    }

    private static void Write(Vector128<ulong> halves, Span<byte> target, int count)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target, halves[0]);
        BinaryPrimitives.WriteUInt64LittleEndian(target[count..], halves[1]);
    }

    private static int One(ReadOnlySpan<byte> bytes, int at, Span<byte> letters, Span<byte> starts)
    {
        var b = bytes[at];
        var before = at > 0 ? bytes[at - 1] : (byte)'"';
        var isStart = b switch
        {
            (byte)'"' or < (byte)' ' => before is not ((byte)'"' or < (byte)' '),
            >= (byte)'0' and <= (byte)'9' => !char.IsAsciiDigit((char)before),
            >= (byte)'a' and <= (byte)'z' => !char.IsAsciiLetter((char)before),
            >= (byte)'A' and <= (byte)'Z' => !char.IsAsciiLetterUpper((char)before) || (at + 1 < bytes.Length && char.IsAsciiLetterLower((char)bytes[at + 1])),
            _ => (bool?)null,
        };
        if (isStart is null)
            return 0;
        letters[0] = b is (byte)'"' or < (byte)' ' ? (byte)0 : (byte)(b | 0x20);
        starts[0] = isStart.Value ? (byte)1 : (byte)0;
        return 1;
    }

    private static uint KeptOf(Vector128<byte> bytes) =>
        (IsSmall(bytes) | IsCapital(bytes) | IsDigit(bytes) | IsEnd(bytes)).ExtractMostSignificantBits();

    private static bool IsKept(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'"' or < (byte)' ';

    private static Vector128<byte> IsSmall(Vector128<byte> bytes) => IsWithin(bytes, (byte)'a', (byte)'z');

    private static Vector128<byte> IsCapital(Vector128<byte> bytes) => IsWithin(bytes, (byte)'A', (byte)'Z');

    private static Vector128<byte> IsDigit(Vector128<byte> bytes) => IsWithin(bytes, (byte)'0', (byte)'9');

    private static Vector128<byte> IsEnd(Vector128<byte> bytes) =>
        Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.LessThan(bytes, Vector128.Create((byte)' '));

    private static Vector128<byte> IsWithin(Vector128<byte> bytes, byte first, byte last) =>
        Vector128.LessThanOrEqual(bytes - Vector128.Create(first), Vector128.Create((byte)(last - first)));

    private static ulong PlacesOf(int mask)
    {
        var places = 0UL;
        var count = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            if ((mask >> bit & 1) != 0)
                places |= (ulong)bit << (8 * count++);
        }

        return places;
    }
}
