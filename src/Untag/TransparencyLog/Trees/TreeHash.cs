using System.Buffers.Binary;

namespace Untag.TransparencyLog.Trees;

/// <summary>A SHA-256 hash of a leaf, a node or a whole tree.</summary>
/// <param name="High">The first 16 bytes, in big-endian order.</param>
/// <param name="Low">The last 16 bytes.</param>
public readonly record struct TreeHash(UInt128 High, UInt128 Low)
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    /// <summary>Reads 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static TreeHash Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length
            ? new TreeHash(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
            : throw new ArgumentException($"a hash has {Length} bytes, these are {bytes.Length}", nameof(bytes));

    /// <summary>Reads a hash in base64; null when it is none.</summary>
    public static TreeHash? Parse(string text) => StrictBase64.Decode(text) is { Length: Length } bytes ? Read(bytes) : null;

    /// <summary>Writes the 32 bytes.</summary>
    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target, High);
        BinaryPrimitives.WriteUInt128BigEndian(target[16..], Low);
    }

    /// <summary>The hash in base64, as it stands in a checkpoint.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(bytes);
        return Convert.ToBase64String(bytes);
    }
}
