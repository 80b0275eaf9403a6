using System.Buffers.Binary;

namespace Untag.Scan.Containers.Codecs;

/// <summary>Unpacks LZMA, as ZIP and 7-Zip archives hold it.</summary>
internal sealed class LzmaStream : ReadOnlyStream
{
    private const int PropertyBytes = 5;
    private const uint DictionaryBytesMin = 4096;

    private readonly LzmaDecoder decoder;
    private long left;

    /// <summary>Reads what stands before the first byte.</summary>
    /// <param name="properties">How the bytes were packed.</param>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="length">How many bytes they unpack to, or <see cref="CheckedStream.NotKnown"/>: then there is a mark.
    /// </param>
    public LzmaStream(ReadOnlySpan<byte> properties, Stream packed, long length)
    {
        if (properties.Length < PropertyBytes)
            throw new DamageException(DamageException.Damaged);
        left = length == CheckedStream.NotKnown ? long.MaxValue : length;
        decoder = new LzmaDecoder(new PackedBytes(packed));
        decoder.SetProperties(properties[0]);
        decoder.Window.Empty(
            Math.Max(DictionaryBytesMin, BinaryPrimitives.ReadUInt32LittleEndian(properties[1..])), length);
        if (left > 0)
            decoder.Start();
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, left);
        var count = decoder.Read(buffer[..wanted]);
        left = count < wanted ? 0 : left - count;
        return count;
    }
}
