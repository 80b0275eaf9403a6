namespace Untag.Audit.Aggregates;

/// <summary>What is kept of the numbers that one group got.</summary>
/// <param name="Histogram">How often each number occurs.</param>
/// <param name="Digits">Their digits.</param>
public sealed record ScoreSums(ScoreHistogram Histogram, DigitCounts Digits)
{
    /// <summary>Sums of nothing.</summary>
    public ScoreSums()
        : this(new ScoreHistogram(), new DigitCounts())
    {
    }

    /// <summary>Counts a number several times.</summary>
    public void Add(WrittenNumber number, long count)
    {
        Histogram.Add(number.Bin, count);
        Digits.AddDigits(number.Digits, count);
    }

    /// <summary>Counts all that others have counted.</summary>
    /// <returns>These sums.</returns>
    public ScoreSums Add(ScoreSums other)
    {
        Histogram.Add(other.Histogram);
        Digits.Add(other.Digits);
        return this;
    }

    /// <summary>The sums of several sets of rows.</summary>
    public static ScoreSums Of(IEnumerable<ScoreSums> parts) => parts.Aggregate(new ScoreSums(), (sum, part) => sum.Add(part));
}
