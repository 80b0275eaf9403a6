namespace Untag.Audit.Tables;

/// <summary>Does the same with each column of a block, on all processors: columns know nothing of each other.</summary>
internal static class EachColumn
{
    private const int RowsMin = 2048; // fewer are done before another thread is there

    /// <summary>Does it for columns by their numbers.</summary>
    public static void Do(IReadOnlyDictionary<int, CodedColumn> columns, int rows, Action<int, CodedColumn> action)
    {
        var list = columns.ToArray();
        Do(list.Length, rows, i => action(list[i].Key, list[i].Value));
    }

    /// <summary>Does it for a number of columns.</summary>
    public static void Do(int count, int rows, Action<int> action)
    {
        if (rows < RowsMin || count < 2)
        {
            for (var i = 0; i < count; i++)
                action(i);
            return;
        }

        InParallel.Do(count, action);
    }
}
