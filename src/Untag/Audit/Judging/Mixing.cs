using Untag.Audit.Aggregates;
using Untag.Audit.Statistics;

namespace Untag.Audit.Judging;

/// <summary>What wrong labels do to measures of two groups, and how it is taken out again.</summary>
/// <remarks>
/// Of those stated to be of the first group a share a is of the second, and of those stated to be of the second a share b is of the first: both
/// stated groups are mixtures. Then every difference of rates is (1 − a − b) times what it is of the true groups, and so is A − ½ (Menon and
/// others, ICML 2015; Lamy and others, NeurIPS 2019). With equally large groups and one flip rate e that is 1 − 2e. The share of a group among
/// those who got a value shrinks by another factor, (1 − a − b) q(1 − q) / p(1 − p) with q the stated share of the group and p the true one,
/// p = q(1 − a) + (1 − q)b; Cramér's V² by the product of both. It must be so everywhere alike: in each stratum, and whatever the output.
/// </remarks>
/// <param name="Gaps">By how much differences of rates shrink, and A − ½.</param>
/// <param name="Shares">By how much differences of the share of a group shrink.</param>
public sealed record Mixing(double Gaps, double Shares)
{
    /// <summary>Nothing is mixed.</summary>
    public static Mixing None { get; } = new(1, 1);

    /// <summary>By how much Cramér's V shrinks.</summary>
    public double Associations => Math.Sqrt(Gaps * Shares);

    /// <summary>The mixing of a table; null when nobody has stated the noise.</summary>
    /// <exception cref="AuditInputException">It was stated of other groups.</exception>
    internal static Mixing? Of(LabelNoise? noise, IReadOnlyList<GroupSums> groups)
    {
        if (noise is null)
            return null;
        var (a, b) = noise.Of([.. groups.Select(group => group.Name)]);
        var stated = (double)groups[0].People / groups.Sum(group => group.People);
        var real = (stated * (1 - a)) + ((1 - stated) * b);
        var gaps = 1 - a - b;
        return new Mixing(gaps, gaps * stated * (1 - stated) / (real * (1 - real)));
    }

    /// <summary>Bounds of a difference of rates of the true groups.</summary>
    internal Interval Gap(Interval measured) => new(Math.Max(-1, measured.Low / Gaps), Math.Min(1, measured.High / Gaps));

    /// <summary>A of the true groups.</summary>
    internal double Area(double measured) => Math.Clamp(0.5 + ((measured - 0.5) / Gaps), 0, 1);

    /// <summary>V of the true groups.</summary>
    internal double Association(double measured) => Math.Min(1, measured / Associations);
}
