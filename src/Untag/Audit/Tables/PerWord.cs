namespace Untag.Audit.Tables;

/// <summary>What a word means.</summary>
internal delegate T WordMeaning<out T>(ReadOnlySpan<byte> word);

/// <summary>What the words of a column mean, found out once for each.</summary>
internal sealed class PerWord<T>(WordMeaning<T> meaning)
{
    private T[] found = [];
    private CodedColumn? column;
    private int epoch;
    private int known;

    /// <summary>The meanings, by the number of the word.</summary>
    public T[] Of(CodedColumn cells)
    {
        if (cells != column || cells.Epoch != epoch)
            (column, epoch, known) = (cells, cells.Epoch, 0);
        if (found.Length < cells.Words.Count)
            Array.Resize(ref found, Math.Max(64, cells.Words.Count * 2));
        for (; known < cells.Words.Count; known++)
            found[known] = meaning(cells.Words[known]);
        return found;
    }
}
