using System.Buffers;
using System.Buffers.Binary;

namespace Untag.TransparencyLog.Tiles;

/// <summary>Entries one after the other, each after its length in two bytes: C2SP tlog-tiles, “Log entries”.</summary>
public static class EntryBundle
{
    /// <summary>Bytes that an entry may have.</summary>
    public const int EntryMax = ushort.MaxValue;

    /// <summary>Reads a bundle.</summary>
    /// <param name="bytes">The bundle.</param>
    /// <param name="count">Entries that it must hold.</param>
    /// <exception cref="LogDamageException">It holds more, fewer, or is cut.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bytes, int count)
    {
        var entries = new List<ReadOnlyMemory<byte>>(count);
        var at = 0;
        while (at < bytes.Length)
        {
            if (bytes.Length - at < sizeof(ushort))
                throw new LogDamageException("a bundle of entries is cut");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[at..]);
            at += sizeof(ushort);
            if (bytes.Length - at < length)
                throw new LogDamageException("a bundle of entries is cut");
            entries.Add(bytes.Slice(at, length));
            at += length;
        }

        if (entries.Count == count)
            return entries;
        var how = entries.Count < count ? "some were taken out" : "some were added";
        throw new LogDamageException($"a bundle of {count} entries holds {entries.Count}: {how}");
    }

    /// <summary>The bundle of the first entries of one that is full.</summary>
    /// <exception cref="LogDamageException">It holds fewer, or is cut.</exception>
    internal static byte[] Cut(byte[] full, int count) =>
        full[..Read(full, TilePath.FullWidth).Take(count).Sum(entry => sizeof(ushort) + entry.Length)];

    /// <summary>Writes an entry.</summary>
    /// <exception cref="ArgumentException">It is longer than a log can hold.</exception>
    public static void Write(ReadOnlySpan<byte> entry, IBufferWriter<byte> output)
    {
        if (entry.Length > EntryMax)
            throw new ArgumentException($"an entry of {entry.Length} bytes is longer than a log can hold", nameof(entry));
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
        output.Write(length);
        output.Write(entry);
    }
}
