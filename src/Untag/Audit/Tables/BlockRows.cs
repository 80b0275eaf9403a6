namespace Untag.Audit.Tables;

/// <summary>Whom the rows of the present block are about, and what is true of them.</summary>
/// <param name="table">The table.</param>
/// <param name="ofPeople">True when there is a column of people.</param>
/// <param name="ofPairs">True when there are two.</param>
/// <param name="hasTruth">True when the truth is known.</param>
internal sealed class BlockRows(TableRows table, bool ofPeople, bool ofPairs, bool hasTruth)
{
    /// <summary>How many there are.</summary>
    public int Count => table.Count;

    /// <summary>The number of the group of each row.</summary>
    public int[] Groups { get; } = new int[TableRows.RowsMax];

    /// <summary>The number of the person of each row; null without a column of people.</summary>
    public int[]? People { get; } = ofPeople ? new int[TableRows.RowsMax] : null;

    /// <summary>The number of the second person, which may be the same; null when a row is not of two.</summary>
    public int[]? Seconds { get; } = ofPairs ? new int[TableRows.RowsMax] : null;

    /// <summary>1 for yes; null when the truth is not known.</summary>
    public sbyte[]? Truths { get; } = hasTruth ? new sbyte[TableRows.RowsMax] : null;

    /// <summary>How many groups there are, with those of rows before.</summary>
    public int GroupCount { get; set; }

    /// <summary>Twice the number of the group, and 1 more where the truth is yes.</summary>
    public int[] GroupsByTruth { get; } = new int[TableRows.RowsMax];

    /// <summary>True when two people share a row.</summary>
    public bool IsShared(int row) => Seconds is not null && Seconds[row] != People![row];

    /// <summary>Where a row stands.</summary>
    public string PlaceOf(int row) => table.PlaceOf(row);

    /// <summary>Something is wrong with a row.</summary>
    public AuditInputException Wrong(int row, string what, string hint) => new($"{PlaceOf(row)}: {what}", hint);
}
