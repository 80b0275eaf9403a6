namespace Untag.Scan.Reading.Tables;

/// <summary>Tells the labels of a column from what is written about single persons: labels are few, short, and stand in
/// many rows. Only labels are ever read of the rows of a table.</summary>
internal sealed class LabelSet
{
    /// <summary>More different values than these are no labels.</summary>
    public const int LabelsMax = 64;

    private const int LabelCharactersMax = 64;

    // A value in fewer rows may be somebody's name: three pictures of one person are common.
    private const int RowsPerLabelMin = 4;

    // Nor does a column without a name say that it is not the one of names.
    private const int RowsPerLabelUnnamedMin = 16;

    private readonly List<string> labels = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private bool isTooWide;

    /// <summary>True when there are too many different values, or one too long to be a label.</summary>
    public bool IsTooWide => isTooWide;

    /// <summary>Takes the value of a row.</summary>
    public void Add(ReadOnlySpan<char> value)
    {
        if (isTooWide || value.IsWhiteSpace())
            return;
        Rows++;
        if (known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(value))
            return;
        if (value.Length > LabelCharactersMax || labels.Count == LabelsMax)
        {
            TooWide();
            return;
        }

        var label = value.ToString();
        known.Add(label);
        labels.Add(label);
    }

    /// <summary>Says that there are too many different values, without naming them.</summary>
    public void TooWide()
    {
        isTooWide = true;
        labels.Clear();
        known.Clear();
    }

    /// <summary>Number of rows that hold a value.</summary>
    public long Rows { get; set; }

    /// <summary>The labels in the order of the alphabet, which tells of no row; empty for a column that holds none.</summary>
    /// <param name="column">Name of the column: an identity is no label, however often it is repeated.</param>
    public IReadOnlyList<string> Of(string column) =>
        isTooWide || Rows < (long)labels.Count * (column.Length == 0 ? RowsPerLabelUnnamedMin : RowsPerLabelMin)
            || IdentityColumns.Contain(column)
            ? []
            : [.. labels.Order(StringComparer.Ordinal)];
}
