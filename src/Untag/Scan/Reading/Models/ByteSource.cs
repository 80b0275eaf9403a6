using System.Buffers.Binary;
using System.Text;

namespace Untag.Scan.Reading.Models;

/// <summary>Reads numbers and texts at any place of a stream, and only the pages that are asked for. No place and no size
/// in a file is trusted: what lies beyond the end reads as zero or as nothing, and the damage is kept as a sentence, so
/// that a reader can go on to its next loop condition and stop there.</summary>
internal sealed class ByteSource
{
    /// <summary>Bytes of the longest text that is read; a longer one is cut, and that is a problem.</summary>
    public const int TextBytesMax = 4 * 1024 * 1024;

    private const int WindowBytes = 16 * 1024;

    // A hostile file can lead a reader to the same place over and over; an honest one is read about once.
    private const long ReadsMin = 16 * 1024 * 1024;
    private const int ReadsByByte = 8;

    private readonly Stream stream;
    private readonly byte[] window = new byte[WindowBytes];
    private long windowStart;
    private int windowLength;
    private long readsLeft;

    public ByteSource(Stream stream)
    {
        this.stream = stream;
        Length = stream.Length;
        readsLeft = ReadsMin + (ReadsByByte * Length);
    }

    /// <summary>Size in bytes.</summary>
    public long Length { get; }

    /// <summary>The first thing that was wrong, as a sentence without full stop; null when nothing was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where the last byte ends that was asked for.</summary>
    public long Farthest { get; private set; }

    /// <summary>True when something was wrong.</summary>
    public bool IsDamaged => Problem is not null;

    /// <summary>Keeps what is wrong; only the first is kept, since the others follow from it.</summary>
    public void Damage(string problem) => Problem ??= problem;

    /// <summary>True when these bytes are there; otherwise the damage is kept.</summary>
    public bool Holds(long at, long length)
    {
        if (at >= 0 && length >= 0 && at <= Length && length <= Length - at)
        {
            Farthest = Math.Max(Farthest, at + length);
            return true;
        }

        Damage($"cut off or damaged: it has {Length} bytes, and names what would lie beyond them");
        return false;
    }

    public byte Byte(long at) => Window(at, 1) is { IsEmpty: false } bytes ? bytes[0] : (byte)0;

    public ushort UInt16(long at) =>
        Window(at, sizeof(ushort)) is { IsEmpty: false } bytes
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
            : (ushort)0;

    public uint UInt32(long at) =>
        Window(at, sizeof(uint)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public int Int32(long at) => unchecked((int)UInt32(at));

    public ulong UInt64(long at) =>
        Window(at, sizeof(ulong)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    /// <summary>A number of 8 bytes as a place or size; beyond what a file can have it is -1.</summary>
    public long Int64(long at) => UInt64(at) is var value and <= long.MaxValue ? (long)value : -1;

    /// <summary>The bytes from here on, all of them; none when they are not there or are too many.</summary>
    public byte[] Bytes(long at, long length) => Bytes(at, length, TextBytesMax);

    /// <summary>The bytes from here on, at most so many; that there are more is a problem.</summary>
    public byte[] Bytes(long at, long length, int bytesMax)
    {
        if (!Holds(at, length))
            return [];
        if (length > bytesMax)
        {
            Damage($"holds a text of {length / 1048576} MiB, of which only {bytesMax / 1048576} MiB were read");
            length = bytesMax;
        }

        if (!Spend(length))
            return [];
        var bytes = new byte[length];
        if (length <= WindowBytes)
        {
            Window(at, (int)length).CopyTo(bytes);
            return bytes;
        }

        stream.Position = at;
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count < bytes.Length)
            Damage("it became shorter while it was read");
        return bytes;
    }

    /// <summary>The bytes from here on as UTF-8.</summary>
    public string Text(long at, long length) => Encoding.UTF8.GetString(Bytes(at, length));

    /// <summary>True when these bytes stand here; no damage when they do not.</summary>
    public bool Has(long at, ReadOnlySpan<byte> expected) =>
        at >= 0 && at <= Length - expected.Length && Window(at, expected.Length).SequenceEqual(expected);

    private ReadOnlySpan<byte> Window(long at, int length)
    {
        if (!Holds(at, length))
            return default;
        if (!Spend(1))
            return default;
        if (at < windowStart || at + length > windowStart + windowLength)
            Fill(at);
        var start = (int)(at - windowStart);
        if (start + length <= windowLength)
            return window.AsSpan(start, length);
        Damage("it became shorter while it was read");
        return default;
    }

    private bool Spend(long reads)
    {
        readsLeft -= reads;
        if (readsLeft >= 0)
            return true;
        Damage("its parts point to each other over and over: it was read as far as an honest file needs");
        return false;
    }

    private void Fill(long at)
    {
        stream.Position = at;
        windowStart = at;
        windowLength = stream.ReadAtLeast(window, WindowBytes, throwOnEndOfStream: false);
    }
}
