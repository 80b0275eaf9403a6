using System.Buffers.Binary;
using Untag.Audit.Tables.Typed;
using Untag.Columnar;

namespace Untag.Audit.Tables.Arrow;

/// <summary>The bytes of a buffer. One that is not packed stays in the file, and only what is asked for is read: a batch can be as
/// large as the table.</summary>
internal sealed class BufferBytes
{
    private const int UnpackedMax = 1 << 30;
    private const int GrowthMax = 1 << 16; // memory is not taken on a file's word

    private readonly SharedFile file;
    private readonly long at;
    private readonly byte[]? unpacked;
    private byte[] window = [];

    /// <summary>Opens a buffer.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">Where it begins, and its bytes there.</param>
    /// <param name="codec">How it is packed.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public BufferBytes(SharedFile file, (long At, long Bytes) place, PageCodec codec)
    {
        this.file = file;
        (at, Length) = place;
        if (codec == PageCodec.Uncompressed || Length == 0)
            return;
        if (Length < sizeof(long))
            throw Damage();

        // The unpacked length stands before; -1 says that it is not packed after all.
        Length -= sizeof(long);
        var length = BinaryPrimitives.ReadInt64LittleEndian(Window(at, sizeof(long)));
        at += sizeof(long);
        if (length == -1)
            return;
        if (length == 0)
        {
            (Length, unpacked) = (0, []); // some writers pack nothing as nothing
            return;
        }

        if (length < 0 || length > UnpackedMax || length > (Length + 1) * GrowthMax)
            throw Damage();
        unpacked = new byte[length];
        var packed = Window(at, (int)Length);
        using var unpacker = new PageUnpacker();
        if (!(codec == PageCodec.Lz4 ? Lz4Frame.TryUnpack(packed, unpacked) : unpacker.TryUnpack(codec, packed, unpacked)))
            throw Damage();
        (Length, window) = (length, []);
    }

    /// <summary>How many there are.</summary>
    public long Length { get; }

    /// <summary>Some of the bytes, until others are read.</summary>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public ReadOnlySpan<byte> Read(long from, long count)
    {
        if (from < 0 || count < 0 || from > Length || count > Length - from || count > UnpackedMax)
            throw new InvalidDataException("a buffer has fewer values than its batch");
        return unpacked is not null ? unpacked.AsSpan((int)from, (int)count) : Window(at + from, (int)count);
    }

    private ReadOnlySpan<byte> Window(long from, int count)
    {
        if (window.Length < count)
            window = new byte[count];
        return file.Read(from, window.AsSpan(0, count)) == count ? window.AsSpan(0, count) : throw new InvalidDataException("the rows are cut off");
    }

    private static InvalidDataException Damage() => new("a buffer is damaged");
}
