namespace Untag.Scan.Containers;

/// <summary>One header block of a tar archive.</summary>
/// <param name="Name">Name as far as the block can hold it.</param>
/// <param name="Kind">The letter of its kind: <c>0</c> is a file.</param>
/// <param name="SizeBytes">Bytes that follow it.</param>
/// <param name="GoesOn">True when another block of holes follows (old GNU format of sparse files).</param>
internal readonly record struct TarHeader(string Name, char Kind, long SizeBytes, bool GoesOn)
{
    /// <summary>Size of a block in bytes.</summary>
    public const int BlockBytes = 512;

    /// <summary>Kind of a note that holds the name of the next entry (GNU).</summary>
    public const char LongName = 'L';

    /// <summary>Kind of a note that holds attributes of the next entry (pax).</summary>
    public const char Attributes = 'x';

    private const char LongLink = 'K';
    private const char AttributesOfAll = 'g';
    private const char HardLink = '1';
    private const char SymbolicLink = '2';
    private const char Sparse = 'S';
    private const int ChecksumAt = 148;
    private const int ChecksumLength = 8;

    /// <summary>True when it stands before the header of an entry and tells about it.</summary>
    public bool IsNote => Kind is LongName or LongLink or Attributes or AttributesOfAll;

    /// <summary>True for a block whose checksum holds: old archives have no other mark.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> block)
    {
        if (block.Length < BlockBytes || block[0] == 0)
            return false;
        var sum = ChecksumLength * ' ';
        for (var i = 0; i < BlockBytes; i++)
            sum += i is >= ChecksumAt and < ChecksumAt + ChecksumLength ? 0 : block[i];
        return Octal(block.Slice(ChecksumAt, ChecksumLength)) == sum;
    }

    /// <summary>Reads a block for which <see cref="IsHeader"/> holds.</summary>
    public static TarHeader Read(ReadOnlySpan<byte> block)
    {
        var name = Text(block[..100]);
        // GNU archives have a space behind `ustar`, and times where others have the folder.
        if (block[257..].StartsWith("ustar\0"u8) && Text(block.Slice(345, 155)) is { Length: > 0 } folder)
            name = $"{folder}/{name}";
        var kind = block[156] == 0 ? '0' : (char)block[156];
        // Links may state the size of what they lead to; no bytes of it follow.
        var size = kind is HardLink or SymbolicLink ? 0 : Size(block.Slice(124, 12));
        return new TarHeader(name, kind, size, kind == Sparse && block[482] == 1);
    }

    /// <summary>The text of a field: UTF-8, or the bytes as Latin letters.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return EntryName.Decode(end < 0 ? field : field[..end]);
    }

    private static long Size(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) == 0)
            return Octal(field) ?? throw new DamageException("a size in it is no number");
        var size = (long)(field[0] & 0x7F);
        foreach (var part in field[1..])
        {
            if (size > long.MaxValue >> 8)
                throw new DamageException("a size in it is no number");
            size = (size << 8) | part;
        }

        return size;
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        var digits = field.Trim(" \0"u8);
        if (digits.Length == 0)
            return 0;
        long number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return null;
            number = (number << 3) | (uint)(digit - '0');
        }

        return number;
    }
}
