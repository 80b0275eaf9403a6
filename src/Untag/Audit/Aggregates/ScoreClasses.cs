namespace Untag.Audit.Aggregates;

/// <summary>Classes of numbers of about equal size: their bounds are those of all groups together, and say nothing of one.</summary>
public sealed class ScoreClasses
{
    private readonly List<int> firsts = []; // the first bin of each class
    private readonly List<int> numbers = []; // and which it is: a bin of many numbers can be as large as several

    /// <summary>The classes of a histogram.</summary>
    public ScoreClasses(ScoreHistogram pooled, int count)
    {
        Count = count;
        double below = 0;
        foreach (var (bin, rows) in pooled.Bins())
        {
            var number = (int)(count * (below + (rows / 2.0)) / pooled.Total);
            if (numbers.Count == 0 || numbers[^1] != number)
            {
                firsts.Add(bin);
                numbers.Add(number);
            }

            below += rows;
        }
    }

    /// <summary>How many classes there are.</summary>
    public int Count { get; }

    /// <summary>The class of a bin.</summary>
    public int Of(int bin)
    {
        var at = firsts.BinarySearch(bin);
        return numbers[at >= 0 ? at : Math.Max(0, ~at - 1)];
    }
}
