namespace Untag.Audit.Tables;

/// <summary>Counts words by group as long as their numbers hold, and then hands over what they mean: a number that recurs costs one
/// addition a row.</summary>
/// <param name="meaning">What a word means.</param>
/// <param name="take">Takes a group, what a word means, and how often the group got it.</param>
internal sealed class WordCounts<T>(WordMeaning<T> meaning, Action<int, T, long> take)
{
    private const int GroupsMax = 32; // of more, only the first are counted so: memory for each word and group

    private readonly PerWord<T> meanings = new(meaning);
    private readonly GroupedCounts counts = new();
    private CodedColumn? column;
    private int epoch;
    private T[] found = [];

    /// <summary>Begins a block.</summary>
    /// <returns>What its words mean, by their numbers.</returns>
    public T[] Begin(CodedColumn cells)
    {
        if (cells != column || cells.Epoch != epoch)
            HandOver();
        (column, epoch) = (cells, cells.Epoch);
        return found = meanings.Of(cells);
    }

    /// <summary>Counts a word.</summary>
    public void Add(int group, int code, long count = 1)
    {
        if (group < GroupsMax)
            counts.Add(group, code, count);
        else
            take(group, found[code], count);
    }

    /// <summary>Hands over what was counted.</summary>
    public void HandOver() => counts.Empty((group, code, count) => take(group, found[code], count));
}
