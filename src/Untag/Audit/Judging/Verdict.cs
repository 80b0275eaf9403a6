using Untag.Audit.Statistics;

namespace Untag.Audit.Judging;

/// <summary>What became of something that is judged by equivalence: it must be shown to be small, and "not shown to be large" is
/// no pass.</summary>
public enum Verdict
{
    /// <summary>The upper bound lies below the tolerance.</summary>
    Holds,

    /// <summary>Too few people to tell.</summary>
    Insufficient,

    /// <summary>The lower bound lies above the tolerance.</summary>
    Fails,
}

/// <summary>The rule of the verdict.</summary>
public static class Verdicts
{
    /// <summary>Judges a size by its bounds, which hold for all comparisons of the claim together.</summary>
    /// <param name="size">Bounds of something that is not below 0.</param>
    /// <param name="tolerance">What is tolerated.</param>
    public static Verdict Of(Interval size, double tolerance) =>
        size.High < tolerance ? Verdict.Holds : size.Low > tolerance ? Verdict.Fails : Verdict.Insufficient;

    /// <summary>The verdict on several together: the worst; null for none.</summary>
    public static Verdict? Worst(IEnumerable<Verdict> verdicts)
    {
        Verdict? worst = null;
        foreach (var verdict in verdicts)
            worst = worst is null || verdict > worst ? verdict : worst;
        return worst;
    }

    /// <summary>The name in reports.</summary>
    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Insufficient => "insufficient",
        Verdict.Fails => "fails",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
