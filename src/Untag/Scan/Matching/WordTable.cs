using System.Numerics;
using System.Runtime.InteropServices;

namespace Untag.Scan.Matching;

/// <summary>Values by word. Almost every word of a text is asked for and almost none is there: that is told by its length
/// and its first and last four letters, without reading the rest.</summary>
internal sealed class WordTable<T>
    where T : class
{
    private const int SizeMin = 4;

    private uint[] hashes = new uint[SizeMin]; // 0 where nothing stands
    private string[] words = new string[SizeMin];
    private T[] values = new T[SizeMin];
    private int count;

    /// <summary>The value of a word; null when it has none.</summary>
    public T? Find(ReadOnlySpan<char> word)
    {
        var hash = HashOf(word);
        var mask = hashes.Length - 1;
        for (var slot = SlotOf(hash, mask); ; slot = (slot + 1) & mask)
        {
            if (hashes[slot] == hash && word.SequenceEqual(words[slot]))
                return values[slot];
            if (hashes[slot] == 0)
                return null;
        }
    }

    /// <summary>Gives a word that has none a value.</summary>
    public void Add(string word, T value)
    {
        if (2 * ++count > hashes.Length)
            Grow();
        Put(HashOf(word), word, value);
    }

    private void Grow()
    {
        var (oldHashes, oldWords, oldValues) = (hashes, words, values);
        var size = 2 * oldHashes.Length;
        (hashes, words, values) = (new uint[size], new string[size], new T[size]);
        for (var i = 0; i < oldHashes.Length; i++)
        {
            if (oldHashes[i] != 0)
                Put(oldHashes[i], oldWords[i], oldValues[i]);
        }
    }

    private void Put(uint hash, string word, T value)
    {
        var mask = hashes.Length - 1;
        var slot = SlotOf(hash, mask);
        while (hashes[slot] != 0)
            slot = (slot + 1) & mask;
        (hashes[slot], words[slot], values[slot]) = (hash, word, value);
    }

    // The lowest bit is always set.
    private static int SlotOf(uint hash, int mask) => (int)(hash >> 1) & mask;

    private static uint HashOf(ReadOnlySpan<char> word)
    {
        const int LettersOfUlong = sizeof(ulong) / sizeof(char);
        ulong first = 0, last = 0;
        if (word.Length >= LettersOfUlong)
        {
            first = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(word));
            last = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(word[^LettersOfUlong..]));
        }
        else
        {
            foreach (var letter in word)
                first = (first << 16) | letter;
        }

        unchecked
        {
            var mixed = (first * 0x9E3779B97F4A7C15UL) ^ BitOperations.RotateLeft(last * 0xC2B2AE3D27D4EB4FUL, 29) ^ ((ulong)word.Length << 32);
            return (uint)((mixed * 0xFF51AFD7ED558CCDUL) >> 32) | 1u;
        }
    }
}
