namespace Untag.Scan.Reading.Interfaces;

/// <summary>Words that begin a line, to find the next one that stands as far left as a column.</summary>
internal sealed class LineStarts
{
    private readonly CodeText code;
    private readonly List<int> starts = [];
    private readonly int[] nextFartherLeft;

    /// <param name="code">The file.</param>
    /// <param name="words">The words.</param>
    public LineStarts(CodeText code, string[] words)
    {
        this.code = code;
        for (var i = 0; i < code.Count; i++)
        {
            if (CodeBlocks.IsOneOf(code, i, words) && code.StartsLine(i))
                starts.Add(i);
        }

        nextFartherLeft = new int[starts.Count];
        for (var i = starts.Count - 1; i >= 0; i--)
        {
            var next = i + 1;
            while (next < starts.Count && ColumnOf(next) >= ColumnOf(i))
                next = nextFartherLeft[next];
            nextFartherLeft[i] = next;
        }
    }

    /// <summary>The first of them behind a token, in this column or farther left; the end of the file when there is none.</summary>
    public int FirstBehind(int token, int column)
    {
        var found = starts.BinarySearch(token + 1);
        if (found < 0)
            found = ~found;
        while (found < starts.Count && ColumnOf(found) > column)
            found = nextFartherLeft[found];
        return found < starts.Count ? starts[found] : code.Count;
    }

    private int ColumnOf(int start) => code.Tokens[starts[start]].Column;
}
