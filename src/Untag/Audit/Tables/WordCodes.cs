using System.Numerics;
using System.Text;

namespace Untag.Audit.Tables;

/// <summary>Numbers words as they come: the first is 0. Keeps each word once, as its bytes.</summary>
internal sealed class WordCodes
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] bytes = new byte[1024];
    private int[] starts = new int[65];
    private int[] hashes = new int[64];
    private int[] slots = NewSlots(128);

    /// <summary>How many words there are.</summary>
    public int Count { get; private set; }

    /// <summary>The code of a word, new or known.</summary>
    public int CodeOf(ReadOnlySpan<byte> word)
    {
        var hash = new HashCode();
        hash.AddBytes(word);
        var code = hash.ToHashCode();
        var at = code & (slots.Length - 1);
        for (; slots[at] >= 0; at = (at + 1) & (slots.Length - 1))
        {
            var known = slots[at];
            if (hashes[known] == code && word.SequenceEqual(Word(known)))
                return known;
        }

        slots[at] = Add(word, code);
        if (Count * 2 > slots.Length)
            Widen();
        return Count - 1;
    }

    /// <summary>The word of a code; null when it is no UTF-8.</summary>
    public string? Text(int code)
    {
        try
        {
            return Strict.GetString(Word(code));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private ReadOnlySpan<byte> Word(int code) => bytes.AsSpan(starts[code], starts[code + 1] - starts[code]);

    private int Add(ReadOnlySpan<byte> word, int hash)
    {
        var start = starts[Count];
        if (Count + 1 == starts.Length - 1)
        {
            Array.Resize(ref starts, checked((hashes.Length * 2) + 1));
            Array.Resize(ref hashes, hashes.Length * 2);
        }

        if (bytes.Length - start < word.Length)
            Array.Resize(ref bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(start + word.Length)));
        word.CopyTo(bytes.AsSpan(start));
        hashes[Count] = hash;
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
