namespace Untag.Columnar.Arrow;

/// <summary>What a message says of a batch of rows, or of a dictionary: where the buffers of its columns stand.</summary>
internal sealed class ArrowBatch
{
    private const int NodeBytes = 16;
    private const int BufferBytes = 16;

    // The numbers of the fields of a batch.
    private const int BatchLength = 0;
    private const int BatchNodes = 1;
    private const int BatchBuffers = 2;
    private const int BatchCompression = 3;
    private const int BatchVariadic = 4;

    private readonly int nodes;
    private readonly (long At, long Bytes)[] buffers;
    private readonly long[] variadic;

    /// <summary>Reads what it says.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public ArrowBatch(FlatTable batch, long bodyAt, long bodyBytes)
    {
        Rows = batch.Int64(BatchLength);
        nodes = batch.Count(BatchNodes, NodeBytes);
        buffers = new (long, long)[batch.Count(BatchBuffers, BufferBytes)];
        for (var i = 0; i < buffers.Length; i++)
        {
            var at = batch.StructInt64(BatchBuffers, i, BufferBytes, offset: 0);
            var bytes = batch.StructInt64(BatchBuffers, i, BufferBytes, offset: 8);
            if (at < 0 || bytes < 0 || at > bodyBytes || bytes > bodyBytes - at)
                throw new InvalidDataException("a buffer leads out of its batch");
            buffers[i] = (bodyAt + at, bytes);
        }

        variadic = new long[batch.Count(BatchVariadic, sizeof(long))];
        for (var i = 0; i < variadic.Length; i++)
            variadic[i] = batch.StructInt64(BatchVariadic, i, sizeof(long), offset: 0);
        if (batch.Has(BatchCompression))
            Codec = batch.Table(BatchCompression).Byte(0) == 1 ? PageCodec.Zstandard : PageCodec.Lz4;
        if (Rows < 0)
            throw new InvalidDataException("a batch has no number of rows");
    }

    /// <summary>How many rows it has.</summary>
    public long Rows { get; }

    /// <summary>How its buffers are packed.</summary>
    public PageCodec Codec { get; } = PageCodec.Uncompressed;

    /// <summary>The buffers of each of some columns that stand side by side, in order.</summary>
    /// <exception cref="InvalidDataException">There are fewer than the columns have.</exception>
    public IReadOnlyList<ArrowBuffers> Of(IReadOnlyList<ArrowField> fields)
    {
        var all = new List<ArrowBuffers>();
        var (node, buffer, view) = (0, 0, 0);
        foreach (var field in fields)
            all.Add(Walk(field, isPlace: field.Index is not null, ref node, ref buffer, ref view));
        return all;
    }

    /// <summary>The buffers of a dictionary of the values of a column.</summary>
    public ArrowBuffers OfDictionary(ArrowField field)
    {
        var (node, buffer, view) = (0, 0, 0);
        return Walk(field, isPlace: false, ref node, ref buffer, ref view);
    }

    // Where its values stand in a dictionary, a column has only the places.
    private ArrowBuffers Walk(ArrowField field, bool isPlace, ref int node, ref int buffer, ref int view)
    {
        if (++node > nodes)
            throw new InvalidDataException("a batch has fewer columns than the schema");
        long count = isPlace ? 2 : field.Kind switch
        {
            ArrowKind.Null or ArrowKind.RunEnds => 0,
            ArrowKind.Struct or ArrowKind.FixedList => 1,
            ArrowKind.Union => field.IsDense ? 2 : 1,
            ArrowKind.Binary or ArrowKind.Text or ArrowKind.LargeBinary or ArrowKind.LargeText
                or ArrowKind.ListView or ArrowKind.LargeListView => 3,
            ArrowKind.BinaryView or ArrowKind.TextView => 2 + (view < variadic.Length ? variadic[view++] : throw Fewer()),
            _ => 2,
        };
        if (count < 0 || count > buffers.Length - buffer)
            throw Fewer();
        var own = buffers.AsSpan(buffer, (int)count).ToArray();
        buffer += (int)count;
        var children = new List<ArrowBuffers>();
        foreach (var child in isPlace ? [] : field.Children)
            children.Add(Walk(child, isPlace: child.Index is not null, ref node, ref buffer, ref view));
        return new ArrowBuffers(own, children);
    }

    private static InvalidDataException Fewer() => new("a batch has fewer buffers than the schema");
}

/// <summary>The buffers of a column, and of the columns in it.</summary>
/// <param name="Own">Where each begins in the file, and its bytes there.</param>
/// <param name="Children">Those of the columns in it.</param>
internal sealed record ArrowBuffers(IReadOnlyList<(long At, long Bytes)> Own, IReadOnlyList<ArrowBuffers> Children);
