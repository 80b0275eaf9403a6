using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>The numbers of an output, by group, as long as every cell is one.</summary>
internal sealed class ScoreColumn
{
    private readonly List<ScoreSums> groups = [];

    /// <summary>True until a cell is no finite number.</summary>
    public bool IsOpen => Refused is null;

    /// <summary>The place of the first cell that is none; null while there is no such cell.</summary>
    public string? Refused { get; private set; }

    /// <summary>Counts a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="group">The group of its row.</param>
    /// <param name="place">The place of the row, for messages.</param>
    public void Add(ReadOnlySpan<byte> cell, int group, CellPlace place)
    {
        if (Cells.Number(cell) is not { } number)
        {
            Refused = place.ToString();
            groups.Clear();
            return;
        }

        while (groups.Count <= group)
            groups.Add(new ScoreSums());
        groups[group].Add(number, cell);
    }

    /// <summary>The sums of the groups in an order; null when the column is no column of numbers.</summary>
    public IReadOnlyList<ScoreSums>? Of(IEnumerable<int> order) =>
        IsOpen ? [.. order.Select(group => group < groups.Count ? groups[group] : new ScoreSums())] : null;
}

/// <summary>Where a row stands.</summary>
internal readonly record struct CellPlace(string Table, long Line)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Table}:{Line}");
}
