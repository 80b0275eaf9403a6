using Untag.Audit.Aggregates;

namespace Untag.Audit.Judging;

/// <summary>The rates of a decision.</summary>
public enum RateKind
{
    /// <summary>Selected among all.</summary>
    Selection,

    /// <summary>Selected among those whose truth is no.</summary>
    FalsePositive,

    /// <summary>Not selected among those whose truth is yes.</summary>
    FalseNegative,

    /// <summary>Truth yes among those selected: the positive predictive value.</summary>
    Precision,
}

/// <summary>Names and sums of the rates.</summary>
public static class RateKinds
{
    /// <summary>The rates that a decision has.</summary>
    public static IReadOnlyList<RateKind> Of(DecisionTable decision) =>
        decision.HasTruth ? Enum.GetValues<RateKind>() : [RateKind.Selection];

    /// <summary>The name in reports.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="ofPairs">True when rows compare two people: then the rates of error are those of false matches and false
    /// non-matches.</param>
    public static string Name(RateKind rate, bool ofPairs) => rate switch
    {
        RateKind.Selection => "selection_rate",
        RateKind.FalsePositive => ofPairs ? "fmr" : "fpr",
        RateKind.FalseNegative => ofPairs ? "fnmr" : "fnr",
        RateKind.Precision => "ppv",
        _ => throw new ArgumentOutOfRangeException(nameof(rate)),
    };

    /// <summary>The sums of a rate.</summary>
    public static CellSums Sums(DecisionSums sums, RateKind rate) => rate switch
    {
        RateKind.Selection => sums.Selected,
        RateKind.FalsePositive => sums.FalsePositive,
        RateKind.FalseNegative => sums.FalseNegative,
        RateKind.Precision => sums.Precision,
        _ => throw new ArgumentOutOfRangeException(nameof(rate)),
    };
}
