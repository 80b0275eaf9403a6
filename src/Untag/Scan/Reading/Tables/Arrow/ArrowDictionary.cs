using System.Buffers.Binary;
using System.Text;
using Untag.Columnar;
using Untag.Columnar.Arrow;

namespace Untag.Scan.Reading.Tables.Arrow;

/// <summary>Reads the texts of a dictionary of an Arrow file.</summary>
internal static class ArrowDictionary
{
    private const int BodyBytesMax = 256 * 1024; // sixty-four labels are shorter by far
    private const int BufferBytesMax = 64 * 1024;
    private const int BufferStructBytes = 16;

    // The numbers of the fields of a batch.
    private const int BatchLength = 0;
    private const int BatchBuffers = 2;
    private const int BatchCompression = 3;

    /// <summary>Adds the texts to the labels; false when they are damaged or packed in a way that is not known.</summary>
    /// <param name="labels">Takes the texts.</param>
    /// <param name="batch">What the message says about the dictionary.</param>
    /// <param name="stream">Stands at the body of the message.</param>
    /// <param name="bodyBytes">Length of the body, which the stream holds.</param>
    public static bool TryAdd(LabelSet labels, FlatTable batch, Stream stream, long bodyBytes)
    {
        var count = batch.Int64(BatchLength);
        if (count > LabelSet.LabelsMax || bodyBytes > BodyBytesMax)
        {
            labels.TooWide();
            return true;
        }

        // Which rows are empty, where each text begins, and the texts.
        if (count < 0 || batch.Count(BatchBuffers, BufferStructBytes) != 3)
            return false;
        var body = new byte[bodyBytes];
        stream.ReadExactly(body);
        var codec = !batch.Has(BatchCompression) ? PageCodec.Uncompressed
            : batch.Table(BatchCompression).Byte(0) == 1 ? PageCodec.Zstandard
            : PageCodec.Lz4;
        var isPacked = batch.Has(BatchCompression);
        return TryBuffer(batch, 1, body, isPacked, codec, out var offsets)
            && TryBuffer(batch, 2, body, isPacked, codec, out var texts)
            && TryAddTexts(labels, (int)count, offsets, texts);
    }

    private static bool TryAddTexts(LabelSet labels, int count, ReadOnlySpan<byte> offsets, ReadOnlySpan<byte> texts)
    {
        // The places are numbers of four bytes, of eight for the large type.
        var isLarge = count > 0 && offsets.Length >= (count + 1) * sizeof(long)
            && BinaryPrimitives.ReadInt32LittleEndian(offsets[4..]) == 0
            && BinaryPrimitives.ReadInt64LittleEndian(offsets[8..]) <= texts.Length;
        var width = isLarge ? sizeof(long) : sizeof(int);
        if (offsets.Length < (count + 1) * width)
            return count == 0;
        for (var i = 0; i < count; i++)
        {
            long start = BinaryPrimitives.ReadInt32LittleEndian(offsets[(i * width)..]);
            long end = BinaryPrimitives.ReadInt32LittleEndian(offsets[((i + 1) * width)..]);
            if (start < 0 || end < start || end > texts.Length)
                return false;
            labels.Add(Encoding.UTF8.GetString(texts[(int)start..(int)end]));
        }

        return true;
    }

    // A packed buffer begins with its unpacked length, -1 for one that is not packed after all.
    private static bool TryBuffer(
        FlatTable batch, int index, byte[] body, bool isPacked, PageCodec codec, out ReadOnlySpan<byte> buffer)
    {
        buffer = default;
        var start = batch.StructInt64(BatchBuffers, index, BufferStructBytes, offset: 0);
        var length = batch.StructInt64(BatchBuffers, index, BufferStructBytes, offset: 8);
        if (start < 0 || length < 0 || start > body.Length || length > body.Length - start)
            return false;
        buffer = body.AsSpan((int)start, (int)length);
        if (!isPacked || length < sizeof(long))
            return true;
        var unpackedBytes = BinaryPrimitives.ReadInt64LittleEndian(buffer);
        buffer = buffer[sizeof(long)..];
        if (unpackedBytes == -1)
            return true;
        if (unpackedBytes is < 0 or > BufferBytesMax)
            return false;
        var unpacked = new byte[unpackedBytes];
        using var unpacker = new PageUnpacker();
        var isUnpacked = codec == PageCodec.Lz4
            ? Lz4Frame.TryUnpack(buffer, unpacked)
            : unpacker.TryUnpack(codec, buffer, unpacked);
        buffer = unpacked;
        return isUnpacked;
    }
}
