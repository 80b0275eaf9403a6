using System.Buffers;
using System.Buffers.Binary;
using Untag.TransparencyLog.Tiles;

namespace Untag.TransparencyLog.Storage;

/// <summary>Entries that were made durable by one wait for the disk, after a head of 24 bytes: the index of the first, their number,
/// the length of what follows, its checksum, and a checksum of the head. A batch without entries ends a log that was closed.</summary>
/// <param name="First">Index of the first entry.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Length">Bytes of the whole batch.</param>
internal sealed record JournalBatch(ulong First, IReadOnlyList<ReadOnlyMemory<byte>> Entries, int Length)
{
    public const int HeadLength = 24;

    private const int ChecksumAt = HeadLength - sizeof(uint);

    /// <summary>The bytes of a batch.</summary>
    public static byte[] Write(ulong first, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var body = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
            EntryBundle.Write(entry.Span, body);
        var bytes = new byte[HeadLength + body.WrittenCount];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, first);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), entries.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), body.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), Crc32.Append(0, body.WrittenSpan));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumAt), Crc32.Append(0, bytes.AsSpan(0, ChecksumAt)));
        body.WrittenSpan.CopyTo(bytes.AsSpan(HeadLength));
        return bytes;
    }

    /// <summary>The batch at the start of some bytes; null when there is none that is whole.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="first">Index that its first entry must have.</param>
    public static JournalBatch? Read(ReadOnlyMemory<byte> bytes, ulong first)
    {
        if (FirstOf(bytes.Span) != first)
            return null;
        var (count, length) = (BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[12..]));
        if (count < 0 || length < 0 || length > bytes.Length - HeadLength)
            return null;
        var body = bytes.Slice(HeadLength, length);
        return Crc32.Append(0, body.Span) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[16..])
            ? new JournalBatch(first, EntryBundle.Read(body, count), HeadLength + length)
            : null;
    }

    /// <summary>True when a batch starts somewhere in some bytes, whole or not, whose entries come at an index or later.</summary>
    public static bool AnyIn(ReadOnlySpan<byte> bytes, ulong index)
    {
        for (var at = 0; at <= bytes.Length - HeadLength; at++)
        {
            if (FirstOf(bytes[at..]) is { } first && first >= index)
                return true;
        }

        return false;
    }

    // By its head alone; null when there is none.
    private static ulong? FirstOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeadLength
        && Crc32.Append(0, bytes[..ChecksumAt]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..])
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
            : null;
}
