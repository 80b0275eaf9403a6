namespace Untag.Audit.Tables;

/// <summary>Counts by group and something else, both numbered from 0 as they come.</summary>
internal sealed class GroupedCounts
{
    private long[][] counts = [];

    /// <summary>A count.</summary>
    public long this[int group, int number] =>
        group < counts.Length && number < counts[group].Length ? counts[group][number] : 0;

    /// <summary>Counts one more.</summary>
    public void Add(int group, int number) => Add(group, number, 1);

    /// <summary>Counts several more.</summary>
    public void Add(int group, int number, long count)
    {
        if ((uint)group >= (uint)counts.Length || (uint)number >= (uint)counts[group].Length)
            Widen(group, number);
        counts[group][number] += count;
    }

    /// <summary>Tells all counts that are not 0, and begins anew.</summary>
    public void Empty(Action<int, int, long> tell)
    {
        for (var group = 0; group < counts.Length; group++)
        {
            for (var number = 0; number < counts[group].Length; number++)
            {
                if (counts[group][number] > 0)
                    tell(group, number, counts[group][number]);
            }

            Array.Clear(counts[group]);
        }
    }

    private void Widen(int group, int number)
    {
        var known = counts.Length;
        if (group >= known)
        {
            Array.Resize(ref counts, Math.Max(group + 1, known * 2));
            Array.Fill(counts, [], known, counts.Length - known);
        }

        Array.Resize(ref counts[group], Math.Max(number + 1, counts[group].Length * 2));
    }
}
