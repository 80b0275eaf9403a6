using Untag.Audit.Aggregates;

namespace Untag.Audit.Reports;

/// <summary>Cells as a text.</summary>
/// <remarks>The eight sums of each, in the order of <see cref="CellSums"/>, as <see cref="PackedNumbers"/>; all of it in
/// Base64. A part holds hundreds of cells: written field by field they made most of it.</remarks>
internal static class PackedCells
{
    private const int Bits = 63; // squares of counts

    public static string Of(IEnumerable<CellSums> cells)
    {
        var bytes = new List<byte>();
        foreach (var cell in cells)
        {
            PackedNumbers.Write(bytes, cell.Trials);
            PackedNumbers.Write(bytes, cell.Hits);
            PackedNumbers.Write(bytes, cell.TrialsSquared);
            PackedNumbers.Write(bytes, cell.TrialsTimesHits);
            PackedNumbers.Write(bytes, cell.HitsSquared);
            PackedNumbers.Write(bytes, cell.People);
            PackedNumbers.Write(bytes, cell.PeopleHit);
            PackedNumbers.Write(bytes, cell.PeopleMissed);
        }

        return Convert.ToBase64String([.. bytes]);
    }

    /// <summary>The cells of a text; null when it holds others than so many, or one that people cannot have made.</summary>
    public static CellSums[]? Read(string text, int count)
    {
        if (PackedNumbers.Bytes(text) is not { } bytes)
            return null;
        var cells = new CellSums[count];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            if (!TryRead(bytes, ref at, out cells[i]) || !IsWhole(cells[i]))
                return null;
        }

        return at == bytes.Length ? cells : null;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, out CellSums cell)
    {
        cell = default;
        if (!PackedNumbers.TryRead(bytes, ref at, Bits, out var trials) || !PackedNumbers.TryRead(bytes, ref at, Bits, out var hits)
            || !PackedNumbers.TryRead(bytes, ref at, Bits, out var tt) || !PackedNumbers.TryRead(bytes, ref at, Bits, out var th)
            || !PackedNumbers.TryRead(bytes, ref at, Bits, out var hh) || !PackedNumbers.TryRead(bytes, ref at, Bits, out var people)
            || !PackedNumbers.TryRead(bytes, ref at, Bits, out var hit) || !PackedNumbers.TryRead(bytes, ref at, Bits, out var missed))
            return false;
        cell = new CellSums
        {
            Trials = trials,
            Hits = hits,
            TrialsSquared = tt,
            TrialsTimesHits = th,
            HitsSquared = hh,
            People = people,
            PeopleHit = hit,
            PeopleMissed = missed,
        };
        return true;
    }

    // True when people could have made these sums, as far as their order tells. Two people can share a row.
    private static bool IsWhole(CellSums cell) =>
        cell.Trials >= cell.Hits && cell.Trials >= cell.People / 2 && cell.PeopleHit <= cell.People
        && cell.PeopleHit / 2 <= cell.Hits && cell.PeopleMissed <= cell.People && cell.PeopleHit >= cell.People - cell.PeopleMissed
        && cell.HitsSquared >= cell.Hits && cell.TrialsTimesHits >= cell.HitsSquared && cell.TrialsSquared >= cell.TrialsTimesHits
        && cell.TrialsSquared >= cell.Trials;
}
