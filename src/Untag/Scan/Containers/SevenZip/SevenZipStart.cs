using System.Buffers.Binary;

namespace Untag.Scan.Containers.SevenZip;

/// <summary>The first bytes of a 7-Zip archive, which say where its header stands.</summary>
/// <param name="HeaderAt">Where the header stands, counted from the start of the archive.</param>
/// <param name="HeaderBytes">Its length.</param>
/// <param name="Checksum">Its CRC-32.</param>
internal readonly record struct SevenZipStart(long HeaderAt, long HeaderBytes, uint Checksum)
{
    /// <summary>How many bytes these are.</summary>
    public const int Bytes = 32;

    private const int ProgramBytesMax = 1024 * 1024; // those that unpack what stands behind them have a fifth of it

    private static ReadOnlySpan<byte> Signature => [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C];

    /// <summary>Where the archive ends.</summary>
    public long End => HeaderAt + HeaderBytes;

    /// <summary>Reads the first bytes; null when they are none of an archive, or damaged.</summary>
    public static SevenZipStart? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes || !bytes.StartsWith(Signature)
            || Crc32.Append(0, bytes[12..Bytes]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]))
            return null;
        var offset = BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]);
        var size = BinaryPrimitives.ReadInt64LittleEndian(bytes[20..]);
        return offset >= 0 && size >= 0 && offset <= long.MaxValue - Bytes - size
            ? new SevenZipStart(offset + Bytes, size, BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]))
            : null;
    }

    /// <summary>True when a file is a program that has an archive behind it: a search of what is in memory.</summary>
    public static bool MayHold(ReadOnlySpan<byte> file) => FindIn(file) is not null;

    /// <summary>The archive behind a program; null when there is none.</summary>
    /// <param name="file">The program, which can seek.</param>
    public static Stream? Find(Stream file)
    {
        var head = new byte[(int)Math.Min(file.Length, ProgramBytesMax)];
        file.Position = 0;
        file.Fill(head);
        return FindIn(head) is var (at, start) ? new Slice(file, at, start.End) : null;
    }

    private static (int At, SevenZipStart Start)? FindIn(ReadOnlySpan<byte> file)
    {
        var isProgram = file.StartsWith("MZ"u8) || file.StartsWith("\u007FELF"u8) || file.StartsWith("#!"u8);
        var head = isProgram ? file[..Math.Min(file.Length, ProgramBytesMax)] : [];
        var at = 0;
        // A program that reads archives has their first bytes in it as well, without what follows them.
        while (head[at..].IndexOf(Signature) is >= 0 and var next)
        {
            at += next;
            if (Read(head[at..]) is { } start)
                return (at, start);
            at += Signature.Length;
        }

        return null;
    }
}
