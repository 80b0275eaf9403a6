namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>The stack of a pickle's machine. A damaged pickle takes more than there is: it gets less.</summary>
internal sealed class PickleStack
{
    private readonly List<PickleValue> values = [];
    private readonly List<int> marks = [];

    public int Count => values.Count;

    public PickleValue Top => values.Count > 0 ? values[^1] : PickleValue.Nothing;

    /// <summary>Everything on it, from the bottom.</summary>
    public IReadOnlyList<PickleValue> Values => values;

    public void Push(PickleValue value) => values.Add(value);

    public void Mark() => marks.Add(values.Count);

    /// <summary>Takes a mark that lies on top; false when a value does.</summary>
    public bool TryPopMark()
    {
        if (marks.Count == 0 || marks[^1] != values.Count)
            return false;
        marks.RemoveAt(marks.Count - 1);
        return true;
    }

    public PickleValue Pop() => Pop(1) is [var only] ? only : PickleValue.Nothing;

    /// <summary>Takes this many values, in the order in which they were put, but none below the last mark.</summary>
    public List<PickleValue> Pop(int count) => PopFrom(Math.Max(marks.Count > 0 ? marks[^1] : 0, values.Count - count));

    /// <summary>Takes the last mark and everything above it.</summary>
    public List<PickleValue> PopMarked()
    {
        var start = 0;
        if (marks.Count > 0)
        {
            start = marks[^1];
            marks.RemoveAt(marks.Count - 1);
        }

        return PopFrom(start);
    }

    private List<PickleValue> PopFrom(int start)
    {
        if (start >= values.Count)
            return [];
        var popped = values[start..];
        values.RemoveRange(start, values.Count - start);
        return popped;
    }
}
