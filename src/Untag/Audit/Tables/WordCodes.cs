using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Untag.Audit.Tables;

/// <summary>Numbers words as they come: the first is 0. Keeps each word once, as its bytes.</summary>
internal sealed class WordCodes
{
    private const int HeadBytes = sizeof(ulong);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Another one in each run, so that no table can be made of words that all fall together.
    private static readonly ulong Seed = unchecked(((ulong)HashCode.Combine(1) << 32) ^ (ulong)HashCode.Combine(2)) | 1;

    private byte[] bytes = new byte[1024];
    private int[] starts = new int[65];
    private int[] hashes = new int[64];
    private ulong[] heads = new ulong[64]; // the first bytes of each word: all of most
    private int[] slots = NewSlots(128);
    private readonly int[] letters = NewSlots(256); // the codes of words of one byte, which are frequent: `0` and `1`

    /// <summary>How many words there are.</summary>
    public int Count { get; private set; }

    /// <summary>A word.</summary>
    public ReadOnlySpan<byte> this[int code] => bytes.AsSpan(starts[code], starts[code + 1] - starts[code]);

    /// <summary>The code of a word, new or known.</summary>
    public int CodeOf(ReadOnlySpan<byte> word)
    {
        if (word.Length == 1 && letters[word[0]] is var letter and >= 0)
            return letter;
        var head = HeadOf(word);
        var hash = HashOf(word, head);
        var at = hash & (slots.Length - 1);
        for (; slots[at] >= 0; at = (at + 1) & (slots.Length - 1))
        {
            var known = slots[at];
            if (heads[known] == head && starts[known + 1] - starts[known] == word.Length
                && (word.Length <= HeadBytes || word.SequenceEqual(this[known])))
                return known;
        }

        slots[at] = Add(word, hash, head);
        if (word.Length == 1)
            letters[word[0]] = slots[at];
        if (Count * 2 > slots.Length)
            Widen();
        return Count - 1;
    }

    /// <summary>The word of a code; null when it is no UTF-8.</summary>
    public string? Text(int code)
    {
        try
        {
            return Strict.GetString(this[code]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Fill(slots, -1);
        Array.Fill(letters, -1);
    }

    private static ulong HeadOf(ReadOnlySpan<byte> word) => word.Length switch
    {
        >= HeadBytes => BinaryPrimitives.ReadUInt64LittleEndian(word),
        >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(word)
            | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(word[^4..]) << (8 * (word.Length - 4))),
        0 => 0,
        var length => word[0] | ((ulong)word[length >> 1] << (8 * (length >> 1))) | ((ulong)word[length - 1] << (8 * (length - 1))),
    };

    private static int HashOf(ReadOnlySpan<byte> word, ulong head)
    {
        if (word.Length <= HeadBytes)
        {
            unchecked
            {
                var mixed = (head ^ Seed) * Seed;
                mixed = (mixed ^ (mixed >> 32)) * 0x9E3779B97F4A7C15;
                return (int)(mixed >> 33);
            }
        }

        var hash = new HashCode();
        hash.AddBytes(word);
        return hash.ToHashCode();
    }

    private int Add(ReadOnlySpan<byte> word, int hash, ulong head)
    {
        var start = starts[Count];
        if (Count + 1 == starts.Length - 1)
        {
            Array.Resize(ref starts, checked((hashes.Length * 2) + 1));
            Array.Resize(ref heads, hashes.Length * 2);
            Array.Resize(ref hashes, hashes.Length * 2);
        }

        if (bytes.Length - start < word.Length)
            Array.Resize(ref bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(start + word.Length)));
        word.CopyTo(bytes.AsSpan(start));
        hashes[Count] = hash;
        heads[Count] = head;
        starts[Count + 1] = start + word.Length;
        return Count++;
    }

    private void Widen()
    {
        slots = NewSlots(slots.Length * 2);
        for (var code = 0; code < Count; code++)
        {
            var at = hashes[code] & (slots.Length - 1);
            while (slots[at] >= 0)
                at = (at + 1) & (slots.Length - 1);
            slots[at] = code;
        }
    }

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, -1);
        return slots;
    }
}
