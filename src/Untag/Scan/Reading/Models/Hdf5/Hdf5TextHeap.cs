namespace Untag.Scan.Reading.Models.Hdf5;

/// <summary>Looks up texts of any length in the heaps that several objects share.</summary>
internal sealed class Hdf5TextHeap(Hdf5File file)
{
    private readonly Dictionary<long, Dictionary<uint, (long Start, long Length)>> heaps = [];

    /// <summary>The bytes of the text to which a value points: its length, the heap's address, its number there.</summary>
    public byte[] Bytes(long at)
    {
        var source = file.Source;
        var heap = file.Address(at + 4);
        var length = source.UInt32(at);
        if (length == 0 || heap < 0 || source.IsDamaged)
            return [];
        if (!heaps.TryGetValue(heap, out var texts))
            heaps[heap] = texts = Read(heap);
        if (texts.TryGetValue(source.UInt32(at + 4 + file.AddressBytes), out var text))
            return source.Bytes(text.Start, Math.Min(text.Length, length));
        source.Damage($"damaged at byte {heap}: a text is missing there");
        return [];
    }

    private Dictionary<uint, (long Start, long Length)> Read(long heap)
    {
        var source = file.Source;
        var texts = new Dictionary<uint, (long, long)>();
        if (!source.Has(heap, "GCOL"u8))
            return texts;
        var headBytes = 8 + file.SizeBytes;
        var end = heap + Math.Max(0, Math.Min(file.Size(heap + 8), source.Length - heap));
        for (var item = heap + headBytes; item < end - headBytes && !source.IsDamaged;)
        {
            var length = file.Size(item + 8);
            var content = item + headBytes;
            if (length < 0 || length > end - content)
                break;
            texts.TryAdd(source.UInt16(item), (content, length));
            item = content + ((length + 7) & ~7L);
        }

        return texts;
    }
}
