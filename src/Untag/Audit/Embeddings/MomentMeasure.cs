using Untag.Audit.Aggregates;
using Untag.Audit.Judging;

namespace Untag.Audit.Embeddings;

/// <summary>What sums of parts show of an embedding: how much of the groups a straight line sees. That can make a claim fail, and never hold: what
/// no line sees, and what is left of a leak in people whom a probe has not seen, sums do not tell.</summary>
/// <remarks>It fails when the part ρ² of the variance of being of a group that the coordinates explain is surely larger than that of an output
/// with the tolerated V: both are squares of correlations with the group.</remarks>
/// <param name="Groups">The groups.</param>
/// <param name="Leak">The leak of all rows; null when they are too few for so many coordinates.</param>
internal sealed record MomentMeasure(IReadOnlyList<GroupSums> Groups, CanonicalLeak? Leak) : IdentifyMeasure
{
    private const string NoRows = "sums of parts hold no rows of people whom a probe has not seen";
    private const string NoFeatures = "sums of parts hold the coordinates, and no squares or waves of them";

    private static readonly (string Part, string Measure, string Why)[] Unmeasured =
    [
        ("", "auc", NoRows), ("", "v_information", NoRows),
        (", non-linear", "auc", NoRows), (", non-linear", "c2st", NoRows), (", non-linear", "hsic", NoFeatures), (", non-linear", "v_information", NoRows),
    ];

    /// <inheritdoc/>
    public override double P => Leak?.Chance ?? 1;

    /// <inheritdoc/>
    public override string Instead => "audit the tables and arrays together: sums of parts can show that an embedding leaks, not that it does not";

    // Of two groups, one says it all.
    private List<GroupLeak> Tested => Leak is null ? [] : [.. Leak.Groups.Take(Leak.Groups.Count == 2 ? 1 : Leak.Groups.Count)];

    /// <summary>The measure of sums that were merged.</summary>
    public static MomentMeasure Of(AuditSums sums, EmbeddingSums embedding) => new(
        sums.Groups, CanonicalLeak.Of(new ClassMoments(embedding.Moments), sums.Groups.Max(group => group.Design)))
    { Output = embedding.Name };

    /// <inheritdoc/>
    public override Verdict VerdictOn(Tolerances tolerances, Mixing mixing, double tail)
    {
        var tested = Tested;
        return tested.Exists(group => IsEnough(group, tolerances)
            && Math.Sqrt(group.Interval(tail / tested.Count).Low) > tolerances.LeakV * mixing.Associations) ? Verdict.Fails : Verdict.Insufficient;
    }

    /// <inheritdoc/>
    public override long? Needed(Tolerances tolerances, Mixing mixing, double tail) => null;

    /// <inheritdoc/>
    public override IEnumerable<IdentifyLine> Lines(double confidence, Mixing? mixing, double? adjusted, Verdict? verdict)
    {
        var line = new IdentifyLine { Output = Output, Measure = "rho2", P = Leak?.Chance };
        yield return line with { Estimate = Disclosure.Rounded(Leak?.LargestCorrelation), PAdjusted = adjusted, Verdict = verdict };
        yield return line with
        {
            Measure = "pillai",
            Estimate = Disclosure.Rounded(Leak?.Pillai),
            Corrected = Disclosure.Rounded(Leak?.PillaiCorrected),
        };
        var tested = Tested;
        if (tested.MinBy(group => group.Chance) is { } most)
        {
            var interval = most.Interval((1 - confidence) / 2 / tested.Count);
            yield return line with
            {
                Group = Groups[most.Group].Name,
                Estimate = Disclosure.Rounded(most.Explained),
                Low = Disclosure.Rounded(interval.Low),
                High = Disclosure.Rounded(interval.High),
                P = Math.Min(1, most.Chance * tested.Count),
            };
        }

        foreach (var (part, measure, why) in Unmeasured)
            yield return new IdentifyLine { Output = Output + part, Measure = measure, NotMeasured = why };
    }

    private bool IsEnough(GroupLeak group, Tolerances tolerances) =>
        Math.Min(Groups[group.Group].People, Groups.Sum(all => all.People) - Groups[group.Group].People) >= tolerances.PeopleMin;
}
