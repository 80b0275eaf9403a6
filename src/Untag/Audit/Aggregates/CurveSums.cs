namespace Untag.Audit.Aggregates;

/// <summary>The numbers that one group got of the column on which a decision rests, apart by truth: all of its error rates at every
/// threshold.</summary>
/// <param name="No">Numbers of rows whose truth is no.</param>
/// <param name="Yes">Numbers of rows whose truth is yes.</param>
public sealed record CurveSums(ScoreHistogram No, ScoreHistogram Yes)
{
    /// <summary>Numbers of nothing.</summary>
    public CurveSums()
        : this(new ScoreHistogram(), new ScoreHistogram())
    {
    }

    /// <summary>Counts a number several times.</summary>
    /// <param name="bin">Its bin.</param>
    /// <param name="truth">The truth of the rows.</param>
    /// <param name="count">How many rows.</param>
    public void Add(int bin, bool truth, long count) => (truth ? Yes : No).Add(bin, count);

    /// <summary>Counts all that others have counted.</summary>
    /// <returns>These sums.</returns>
    public CurveSums Add(CurveSums other)
    {
        No.Add(other.No);
        Yes.Add(other.Yes);
        return this;
    }
}
