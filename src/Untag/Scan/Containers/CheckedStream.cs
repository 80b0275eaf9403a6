namespace Untag.Scan.Containers;

/// <summary>The unpacked bytes of an entry, held against the size and checksum that its archive states. Whoever jumps in it,
/// which only reading of stored bytes allows, gets no check.</summary>
/// <param name="content">The bytes.</param>
/// <param name="size">How many there are; <see cref="NotKnown"/> when nobody states it.</param>
/// <param name="stated">Their CRC-32; null when nobody states it.</param>
internal sealed class CheckedStream(Stream content, long size, uint? stated) : ReadOnlyStream
{
    /// <summary>The size of an entry that nobody states.</summary>
    public const long NotKnown = -1;

    private long position;
    private uint checksum;
    private bool isWhole = true;

    public override bool CanSeek => content.CanSeek;

    public override long Length => content.Length;

    public override long Position
    {
        get => position;
        set
        {
            isWhole &= value == position;
            content.Position = value;
            position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
            return 0;
        var count = Decoding.Read(content, buffer);
        position += count;
        if (!isWhole || size == NotKnown)
            return count;
        checksum = Crc32.Append(checksum, buffer[..count]);
        if (position > size || (count == 0 && position < size))
            throw new DamageException("its size is not the one it states");
        if (count == 0 && stated is { } other && checksum != other)
            throw new DamageException(DamageException.OtherChecksum);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Decoding.Close(content);
        base.Dispose(disposing);
    }
}
