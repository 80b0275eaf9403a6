namespace Untag.Audit.Tables;

/// <summary>How often each group got each word of a column in a block: one addition a row, and what a word means is asked once for
/// each of them and not in each row.</summary>
internal sealed class GroupedWords
{
    private const int CountsMax = 1 << 14; // with more of them than a block has rows nothing is saved

    private int[] counts = new int[256];
    private int words;

    /// <summary>Groups of the present block.</summary>
    public int Groups { get; private set; }

    /// <summary>The counts of a group, by the number of the word.</summary>
    public ReadOnlySpan<int> Of(int group) => counts.AsSpan(group * words, words);

    /// <summary>Counts a block.</summary>
    /// <param name="cells">The column.</param>
    /// <param name="groups">The group of each row.</param>
    /// <param name="count">More than any of them.</param>
    /// <returns>False when there are too many words or groups; then nothing was counted.</returns>
    public bool TryCount(CodedColumn cells, ReadOnlySpan<int> groups, int count)
    {
        (Groups, words) = (count, cells.Words.Count);
        if ((long)count * words > CountsMax)
            return false;
        if (counts.Length < count * words)
            counts = new int[2 * count * words];
        else
            Array.Clear(counts);
        var (all, width) = (counts, words);
        var codes = cells.Codes.AsSpan(0, groups.Length);
        unchecked // numbers of a block
        {
            for (var i = 0; i < groups.Length; i++)
                all[(groups[i] * width) + codes[i]]++;
        }

        return true;
    }
}
