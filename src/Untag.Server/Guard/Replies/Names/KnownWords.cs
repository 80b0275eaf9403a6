using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>The words of replies that were looked at before. The same few names stand in every reply of an API, so that
/// almost all are found here. Safe for concurrent use: two that fall into one slot replace each other.</summary>
/// <param name="newReader">Makes what looks at a new word, with buffers that only one thread can use at a time.</param>
internal sealed class KnownWords(Func<WordReader> newReader)
{
    private const int SlotBits = 13;
    private const int KeptBytesMax = 64; // longer texts hardly come again

    private readonly ReplyWord?[] slots = new ReplyWord?[1 << SlotBits];
    private readonly ConcurrentBag<WordReader> readers = [];

    /// <summary>The word of these bytes.</summary>
    /// <param name="utf8">Valid UTF-8, escapes resolved.</param>
    public ReplyWord Of(ReadOnlySpan<byte> utf8)
    {
        var hash = HashOf(utf8);
        ref var slot = ref slots[hash >> (32 - SlotBits)];
        if (slot is { } known && known.Spells(utf8, hash))
            return known;
        var reader = readers.TryTake(out var free) ? free : newReader();
        var word = reader.Read(utf8, hash);
        readers.Add(reader);
        if (utf8.Length <= KeptBytesMax)
            slot = word;
        return word;
    }

    /// <summary>What a text says; it is not kept.</summary>
    public Saying SayingOf(string text) => Read(reader => reader.SayingOf(text));

    /// <summary>True when a text speaks of a person, and in the same breath of the group: <c>an asian man</c>.</summary>
    public bool SpeaksOfPersonInGroup(string text) => Read(reader => reader.SpeaksOfPersonInGroup(text));

    private T Read<T>(Func<WordReader, T> read)
    {
        var reader = readers.TryTake(out var free) ? free : newReader();
        var said = read(reader);
        readers.Add(reader);
        return said;
    }

    private static uint HashOf(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            var hash = (ulong)bytes.Length;
            foreach (var eight in MemoryMarshal.Cast<byte, ulong>(bytes))
                hash = Mix(hash ^ eight);
            return (uint)(Mix(hash ^ Rest(bytes)) >> 32);
        }
    }

    // The bytes behind the last eight of eight; of a long word the last eight, which hold them.
    private static ulong Rest(ReadOnlySpan<byte> bytes)
    {
        const int Eight = sizeof(ulong), Four = sizeof(uint);
        if (bytes.Length >= Eight)
            return MemoryMarshal.Read<ulong>(bytes[^Eight..]);
        if (bytes.Length >= Four)
            return MemoryMarshal.Read<uint>(bytes) | ((ulong)MemoryMarshal.Read<uint>(bytes[^Four..]) << 32);
        return bytes.Length == 0 ? 0 : bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16);
    }

    private static ulong Mix(ulong hash)
    {
        unchecked
        {
            hash *= 0x9E3779B97F4A7C15UL;
            return (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9UL;
        }
    }
}
