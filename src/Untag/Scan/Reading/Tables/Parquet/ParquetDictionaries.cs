using System.Buffers.Binary;
using System.Text;
using Untag.Columnar;
using Untag.Columnar.Parquet;

namespace Untag.Scan.Reading.Tables.Parquet;

/// <summary>Reads the dictionaries of text columns: the different values that a column holds.</summary>
/// <param name="stream">The file.</param>
internal sealed class ParquetDictionaries(Stream stream) : IDisposable
{
    // Sixty-four labels are shorter by far; a larger dictionary is not read at all.
    private const int PageBytesMax = 64 * 1024;
    private const int HeadBytesMax = 256;

    // A dictionary costs two reads. A file of so many parts as to reach this has shown its labels long before.
    private const int PagesMax = 20_000;

    private readonly byte[] head = new byte[HeadBytesMax];
    private readonly PageUnpacker unpacker = new();
    private readonly SortedSet<string> problems = new(StringComparer.Ordinal);

    /// <summary>What could not be read, a sentence each.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>The labels of each column; none for a column that holds no labels.</summary>
    public IReadOnlyList<string>[] Read(ParquetFooter footer)
    {
        var sets = new LabelSet[footer.Columns.Count];
        var chunks = footer.Groups.SelectMany(group => group.Chunks)
            .Where(chunk => chunk.HasDictionary && chunk.Column < footer.Columns.Count && footer.Columns[chunk.Column].IsText).ToList();
        foreach (var chunk in chunks.Take(PagesMax))
        {
            var set = sets[chunk.Column] ??= new LabelSet();
            if (!set.IsTooWide && !IdentityColumns.Contain(footer.Columns[chunk.Column].Path))
                AddTo(set, chunk, footer.Columns[chunk.Column].Path);
        }

        if (chunks.Count > PagesMax)
            problems.Add($"of its {chunks.Count} dictionaries only {PagesMax} were read");
        return [.. sets.Select((set, i) => set?.Of(footer.Columns[i].Path) ?? [])];
    }

    /// <inheritdoc/>
    public void Dispose() => unpacker.Dispose();

    private void AddTo(LabelSet set, ParquetChunk chunk, string column)
    {
        if (!TryReadHead(chunk.FirstPage, out var page))
        {
            problems.Add($"the dictionary of column {column} is damaged");
            return;
        }

        if (page.Kind != PageKind.Dictionary)
            return; // an old writer noted the encoding, and wrote none
        if (page.Values > LabelSet.LabelsMax || page.UnpackedBytes > PageBytesMax || page.PackedBytes > 2 * PageBytesMax)
        {
            set.TooWide();
            return;
        }

        if (!PageUnpacker.CanUnpack(chunk.Codec))
        {
            problems.Add($"the dictionary of column {column} is packed with {chunk.Codec}, which is not read");
            return;
        }

        var packed = new byte[page.PackedBytes];
        var unpacked = new byte[page.UnpackedBytes];
        if (stream.ReadAtLeast(packed, packed.Length, throwOnEndOfStream: false) < packed.Length
            || !unpacker.TryUnpack(chunk.Codec, packed, unpacked)
            || !TryAdd(set, unpacked, page.Values))
            problems.Add($"the dictionary of column {column} is damaged");
        else
            set.Rows += Math.Clamp(chunk.Values, 0, uint.MaxValue) - page.Values; // the dictionary names each value once
    }

    /// <summary>The head of a page; the stream stands behind it then.</summary>
    private bool TryReadHead(long at, out PageHead page)
    {
        page = default;
        if (at < 0 || at >= stream.Length)
            return false;
        stream.Position = at;
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        try
        {
            var reader = new ThriftReader(head.AsSpan(0, length));
            page = PageHead.Read(ref reader);
            stream.Position = at + reader.Position;
            return page.PackedBytes >= 0 && page.UnpackedBytes >= 0 && page.PackedBytes <= stream.Length - stream.Position;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static bool TryAdd(LabelSet set, ReadOnlySpan<byte> page, int values)
    {
        for (; values > 0; values--)
        {
            if (page.Length < sizeof(int))
                return false;
            var length = BinaryPrimitives.ReadInt32LittleEndian(page);
            if (length < 0 || length > page.Length - sizeof(int))
                return false;
            set.Add(Encoding.UTF8.GetString(page.Slice(sizeof(int), length)));
            page = page[(sizeof(int) + length)..];
        }

        return true;
    }
}
