using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Audit.Judging;

/// <summary>A rate of a group compared with that of other people.</summary>
/// <param name="Value">The rate of the group less the other; null when there is none.</param>
/// <param name="Printed">The usual interval.</param>
/// <param name="Judged">The interval that the verdict rests on.</param>
/// <param name="People">People of the group.</param>
/// <param name="Others">The other people.</param>
internal readonly record struct RateComparison(double? Value, Interval Printed, Interval Judged, long People, long Others)
{
    /// <summary>True when it is larger than what is tolerated in one stratum, whatever it is in the others.</summary>
    public bool IsLargeInOne { get; init; }

    /// <summary>The same of the true groups.</summary>
    public RateComparison Without(Mixing mixing) => this with
    {
        Value = Value is { } value ? Math.Clamp(value / mixing.Gaps, -1, 1) : null,
        Printed = mixing.Gap(Printed),
        Judged = mixing.Gap(Judged),
    };

    /// <summary>Compares in the whole table.</summary>
    /// <param name="first">The rate of the group.</param>
    /// <param name="second">The other rate.</param>
    /// <param name="z">Of the printed interval.</param>
    /// <param name="confidence">Of the judged one.</param>
    public static RateComparison Of(Rate? first, Rate? second, double z, double confidence) =>
        first is not { } a || second is not { } b
            ? new RateComparison(null, default, default, first?.People ?? 0, second?.People ?? 0)
            : new RateComparison(a.Estimate - b.Estimate, a.Gap(b, z), GuaranteedGap.Between(a, b, confidence), a.People, b.People);

    /// <summary>Compares within strata.</summary>
    /// <param name="strata">The sums of both by stratum.</param>
    /// <param name="people">The people of both rates in the whole table: those of the strata are more where people recur.</param>
    /// <param name="tolerances">What is tolerated.</param>
    /// <param name="z">Of the printed interval.</param>
    /// <param name="confidence">Of the judged one.</param>
    public static RateComparison Within(
        IReadOnlyList<(CellSums First, CellSums Second)> strata, (long First, long Second) people, Tolerances tolerances, double z, double confidence)
    {
        var overlap = Math.Max(
            (double)strata.Sum(stratum => stratum.First.People) / Math.Max(1, people.First),
            (double)strata.Sum(stratum => stratum.Second.People) / Math.Max(1, people.Second));
        var pairs = strata.Where(stratum => stratum.First.Trials > 0 && stratum.Second.Trials > 0)
            .Select(stratum => new Pair(Rate.Of(stratum.First)!.Value, Rate.Of(stratum.Second)!.Value)).ToList();
        return StratifiedGap.Of(pairs, overlap) is { } gap
            ? new RateComparison(gap.Estimate, gap.Interval(z), gap.Guaranteed(confidence), gap.FirstPeople, gap.SecondPeople)
            {
                IsLargeInOne = gap.IsLargeInOne(tolerances.RateGap, confidence, tolerances.PeopleMin),
            }
            : default;
    }
}
