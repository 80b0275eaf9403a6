using System.Runtime.CompilerServices;

namespace Untag.Scan.Matching;

/// <summary>Literals by a hash of how they, or their first long word, begin. A bit for each hash tells almost always that none begins so; the bits
/// of thousands of literals lie in the nearest cache.</summary>
internal sealed class LiteralTable
{
    /// <summary>Bytes of the shortest word that a literal is looked up by.</summary>
    public const int LengthMin = 3;

    private const int SlotBits = 17;
    private const uint SmallLetters = 0x20202020;
    private const uint ThreeBytes = 0x00FFFFFF;

    private readonly ulong[] bits = new ulong[(1 << SlotBits) / 64];
    private readonly int[] firstOfSlot = new int[(1 << SlotBits) + 1];
    private readonly Literal[] bySlot;

    public LiteralTable(IReadOnlyList<Literal> literals)
    {
        var slots = new int[literals.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = SlotOf(literals[i].Bytes.AsSpan(literals[i].Anchor));
            bits[slots[i] >> 6] |= 1UL << (slots[i] & 63);
        }

        // The order within a slot is that of the list, so that the same policy is always searched in the same way.
        bySlot = [.. literals];
        var order = new int[slots.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => slots[a] != slots[b] ? slots[a].CompareTo(slots[b]) : a.CompareTo(b));
        for (var i = 0; i < order.Length; i++)
        {
            bySlot[i] = literals[order[i]];
            firstOfSlot[slots[order[i]] + 1] = i + 1;
        }

        for (var slot = 1; slot < firstOfSlot.Length; slot++)
            firstOfSlot[slot] = Math.Max(firstOfSlot[slot], firstOfSlot[slot - 1]);
    }

    /// <summary>True when a literal may begin with these four bytes.</summary>
    /// <param name="fourBytes">The bytes, the first one lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayBegin(uint fourBytes)
    {
        var folded = fourBytes | SmallLetters;
        return IsSet(SlotOfFour(folded)) || IsSet(SlotOfThree(folded));
    }

    /// <summary>The literals that may begin with these bytes: those of four bytes and more.</summary>
    public ReadOnlySpan<Literal> Long(uint fourBytes) => InSlot(SlotOfFour(fourBytes | SmallLetters));

    /// <summary>The literals that may begin with these bytes: those of three bytes.</summary>
    public ReadOnlySpan<Literal> Short(uint fourBytes) => InSlot(SlotOfThree(fourBytes | SmallLetters));

    private static int SlotOf(ReadOnlySpan<byte> literal) => literal.Length == LengthMin
        ? SlotOfThree((literal[0] | ((uint)literal[1] << 8) | ((uint)literal[2] << 16)) | SmallLetters)
        : SlotOfFour(BitConverter.ToUInt32(literal) | SmallLetters);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOfFour(uint folded) => (int)(unchecked(folded * 2654435761u) >> (32 - SlotBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOfThree(uint folded) => (int)(unchecked((folded & ThreeBytes) * 2246822519u) >> (32 - SlotBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSet(int slot) => (bits[slot >> 6] >> (slot & 63) & 1) != 0;

    private ReadOnlySpan<Literal> InSlot(int slot) => bySlot.AsSpan(firstOfSlot[slot]..firstOfSlot[slot + 1]);
}
