using Untag.Audit.Tables.Typed;
using Untag.Columnar.Parquet;

namespace Untag.Audit.Tables.Parquet;

/// <summary>Walks over a column of lists in Parquet: an entry for each coordinate, and a mark at the one that begins a row.</summary>
internal sealed class ParquetVectors : Vectors
{
    private const int EntriesMax = 4096;

    private readonly ParquetFooter footer;
    private readonly int column;
    private readonly ParquetLeaf leaf;
    private readonly RawValues raw = new();
    private readonly int[] begins = new int[EntriesMax]; // 0 where a row begins
    private readonly int[] levels = new int[EntriesMax];
    private readonly int[] places = new int[EntriesMax];
    private int next; // group of rows
    private long leftOfGroup; // entries
    private int leftOfPage;
    private int at; // entry
    private int count;

    /// <summary>Begins before the first row.</summary>
    /// <param name="place">What messages call the column.</param>
    /// <param name="file">The file.</param>
    /// <param name="footer">Its footer.</param>
    /// <param name="column">The column that holds the coordinates.</param>
    public ParquetVectors(string place, SharedFile file, ParquetFooter footer, int column)
        : base(place)
    {
        (this.footer, this.column) = (footer, column);
        leaf = new ParquetLeaf(file, footer.Columns[column], raw);
    }

    /// <inheritdoc/>
    public override int Width => footer.Columns[column].Type.Bytes;

    /// <inheritdoc/>
    public override void Dispose() => leaf.Dispose();

    /// <inheritdoc/>
    private protected override bool NextRow()
    {
        if (!HasEntry())
            return false;
        if (Numbers.Length == 0)
            numbers = [.. FirstRow()];
        else
        {
            for (var i = 0; i < Numbers.Length; i++)
                numbers[i] = HasEntry() && begins[at] == 0 == (i == 0) ? NumberOf(raw[places[at++]]) : throw Uneven();
        }

        return !HasEntry() || begins[at] == 0 ? true : throw Uneven();
    }

    private List<double> FirstRow()
    {
        var row = new List<double>();
        while (row.Count <= DimensionsMax && HasEntry() && begins[at] == 0 == (row.Count == 0))
            row.Add(NumberOf(raw[places[at++]]));
        return row.Count is > 0 and <= DimensionsMax ? row : throw Uneven();
    }

    private bool HasEntry()
    {
        if (at < count)
            return true;
        while (leftOfGroup == 0)
        {
            if (next == footer.Groups.Count)
                return false;
            var group = footer.Groups[next++];
            if (group.Chunks.Count != footer.Columns.Count || group.Chunks[column].Values < 0)
                throw new InvalidDataException("the footer of the Parquet file is damaged");
            leaf.Begin(group.Chunks[column]);
            (leftOfGroup, leftOfPage) = (group.Chunks[column].Values, 0);
        }

        if (leftOfPage == 0)
        {
            leaf.NextPage();
            leftOfPage = leaf.Entries;
        }

        (at, count) = (0, (int)Math.Min(Math.Min(leftOfPage, leftOfGroup), EntriesMax));
        leftOfPage -= count;
        leftOfGroup -= count;
        Array.Clear(begins);
        leaf.Repetitions?.Read(begins.AsSpan(0, count));
        if (leaf.Definitions is not null)
        {
            leaf.Definitions.Read(levels.AsSpan(0, count));
            if (levels.AsSpan(0, count).ContainsAnyExcept(footer.Columns[column].Definitions))
                throw new InvalidDataException("a row, or a coordinate, is empty");
        }

        raw.Begin();
        leaf.Values.Read(places.AsSpan(0, count));
        return true;
    }

    private static InvalidDataException Uneven() => new("the rows are not of one length");
}
