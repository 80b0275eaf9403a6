using Untag.Audit.Tables.Typed;
using Untag.Columnar.Arrow;

namespace Untag.Audit.Tables.Arrow;

/// <summary>Walks over a column of lists in Arrow's own format.</summary>
internal sealed class ArrowVectors(string place, SharedFile file, ArrowMessages messages, ArrowSchema schema, int column) : Vectors(place)
{
    private readonly ArrowField root = schema.Fields[column];
    private readonly bool[] isThere = new bool[1];
    private long[] raw = [];
    private bool[] areThere = [];
    private ArrowValues? lists; // where each row begins; of lists of fixed size, only which are there
    private ArrowValues? coordinates;
    private long row;
    private long rows;

    /// <inheritdoc/>
    public override int Width => root.Children[0].Type.Bytes;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <inheritdoc/>
    private protected override bool NextRow()
    {
        while (row == rows)
        {
            if (!messages.Next())
                return false;
            if (messages.Kind == ArrowMessageKind.Rows)
                Begin(new ArrowBatch(messages.Header, messages.BodyAt, messages.BodyBytes));
        }

        if (lists!.TryFindEmpty(row, isThere) && !isThere[0])
            throw Empty();
        var (from, to) = root.Kind == ArrowKind.FixedList ? (row * root.Size, (row + 1) * root.Size) : lists.Range(row);
        if (Numbers.Length == 0 && to - from is > 0 and <= DimensionsMax)
            (numbers, raw, areThere) = (new double[to - from], new long[to - from], new bool[to - from]);
        if (to - from != Numbers.Length || Numbers.Length == 0)
            throw new InvalidDataException("the rows are not of one length");
        coordinates!.Read(from, raw);
        if (coordinates.TryFindEmpty(from, areThere) && areThere.Contains(false))
            throw Empty();
        for (var i = 0; i < raw.Length; i++)
            numbers[i] = NumberOf(raw[i]);
        row++;
        return true;
    }

    private void Begin(ArrowBatch batch)
    {
        var buffers = batch.Of(schema.Fields)[column];
        var kind = root.Kind == ArrowKind.LargeList ? ArrowKind.LargeText : ArrowKind.Text; // its offsets are laid out alike
        lists = new ArrowValues(file, kind, root.Type, buffers.Own, batch.Codec);
        coordinates = new ArrowValues(file, ArrowKind.Float, root.Children[0].Type, buffers.Children[0].Own, batch.Codec);
        (row, rows) = (0, batch.Rows);
    }

    private static InvalidDataException Empty() => new("a row, or a coordinate, is empty");
}
