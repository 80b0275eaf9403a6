using Untag.Audit.Statistics;

namespace Untag.Erase;

/// <summary>What a map that was fitted on few people can promise for all others, before anything is measured.</summary>
/// <remarks>The mean of n people misses that of their group by d / n in squared standard deviations, so that this much of a difference is
/// left in the population: δ² = d / n at most, and by it a straight line separates the group with an area under the curve of
/// Φ(δ / √2).</remarks>
internal static class ErasureLaw
{
    /// <summary>The largest area that may be left, from ½ to 1.</summary>
    /// <param name="dimensions">d.</param>
    /// <param name="people">n, of a group.</param>
    public static double AreaMost(int dimensions, long people) =>
        1 - (ChiSquared.Above((double)dimensions / Math.Max(1, people) / 2, 1) / 2);

    /// <summary>People of a group with which no more than a tolerance may be left.</summary>
    /// <param name="dimensions">d.</param>
    /// <param name="tolerance">An area above ½.</param>
    public static long PeopleNeeded(int dimensions, double tolerance)
    {
        var deviation = Normal.Quantile(tolerance);
        return (long)Math.Min(1e15, Math.Ceiling(dimensions / (2 * deviation * deviation)));
    }
}
