namespace Untag.Audit.Statistics;

/// <summary>A confidence interval.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The same interval for the size of a difference, whatever its sign.</summary>
    public Interval Size() =>
        Low >= 0 ? this : High <= 0 ? new Interval(-High, -Low) : new Interval(0, Math.Max(-Low, High));
}
