using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Tells files that measure how a product treats groups of people from those that sort people into
/// groups.</summary>
internal static class Measurement
{
    /// <summary>Words of fairness that say it by themselves.</summary>
    public const string Fairness = "fairness";

    private const string ErrorRate = "error-rate";
    private const string GroupComparison = "group-comparison";
    private const int FairnessWordsMin = 3;
    private const int RateWordsMin = 2;

    /// <summary>True for a context that speaks of a measurement. What measures must do so: a comment, or a sentence in a
    /// text, is easily written.</summary>
    public static bool IsSaidBy(string context) => context is Fairness or ErrorRate or GroupComparison;

    /// <summary>True for a file that speaks of fairness a lot, or that counts errors and compares groups by them: error
    /// rates alone are in every evaluation, one of a classifier of race included.</summary>
    public static bool IsIn(FileFacts facts) =>
        facts.Count(Fairness) >= FairnessWordsMin
        || (facts.Count(ErrorRate) >= RateWordsMin && facts.Count(GroupComparison) > 0);

    /// <summary>True for tables that may be what a measurement elsewhere in the product reads or writes.</summary>
    public static bool MayBeItsData(Candidate candidate) =>
        candidate.Kind == FindingKind.Dataset && !Languages.IsSource(candidate.Path);
}
