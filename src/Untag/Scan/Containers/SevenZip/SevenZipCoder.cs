using System.IO.Compression;
using Untag.Scan.Containers.Codecs;
using ZstdSharp;

namespace Untag.Scan.Containers.SevenZip;

/// <summary>One step of the unpacking of a folder.</summary>
/// <param name="Method">The number of its method.</param>
/// <param name="InputCount">From how many streams it reads.</param>
/// <param name="Properties">What is set of it.</param>
internal sealed record SevenZipCoder(ulong Method, int InputCount, byte[] Properties)
{
    /// <summary>Not packed.</summary>
    public const ulong Copy = 0;

    private const ulong Lzma2 = 0x21;
    private const ulong Lzma = 0x030101;
    private const ulong SplitX86 = 0x0303011B;
    private const ulong Ppmd = 0x030401;
    private const ulong Deflate = 0x040108;
    private const ulong Deflate64 = 0x040109;
    private const ulong Bzip2 = 0x040202;
    private const ulong Zstandard = 0x04F71101;
    private const ulong Ciphers = 0x06; // the first of four bytes

    /// <summary>True when its bytes cannot be read without a key.</summary>
    public bool IsCipher => Method >> 24 == Ciphers;

    /// <summary>Starts the step.</summary>
    /// <param name="inputs">The streams that it reads from.</param>
    /// <param name="length">How many bytes it gives.</param>
    public Stream Open(ReadOnlySpan<Stream> inputs, long length)
    {
        if (Method == SplitX86 && inputs.Length == 4)
            return new X86SplitStream(inputs[0], inputs[1], inputs[2], inputs[3], length);
        if (inputs.Length != 1)
            throw new DamageException(DamageException.Damaged);
        var packed = inputs[0];
        return Method switch
        {
            Copy => packed,
            Lzma => new LzmaStream(Properties, packed, length),
            Lzma2 when Properties.Length == 1 => new Lzma2Stream(Properties[0], new PackedBytes(packed), length),
            Deflate => new DeflateStream(packed, CompressionMode.Decompress, leaveOpen: true),
            Deflate64 => new Deflate64Stream(packed),
            Bzip2 => new Bzip2Stream(packed),
            Zstandard => new DecompressionStream(packed),
            Ppmd => throw new DamageException("it is packed by PPMd, which is not read"),
            _ => Filters.Open(Method, Properties, packed)
                ?? throw new DamageException($"it is packed by method {Method:X8}, which is not read"),
        };
    }
}
