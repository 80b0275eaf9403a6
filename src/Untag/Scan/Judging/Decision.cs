using Untag.Policy;

namespace Untag.Scan.Judging;

/// <summary>A candidate that is a finding.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Rule">What it is called.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Reasons">The reasons, strongest first.</param>
/// <param name="Points">Their sum.</param>
internal readonly record struct Decision(Candidate Candidate, Rule Rule, Level Level, List<Reason> Reasons, int Points)
{
    /// <summary>True when a reader learns more from this than from another decision on the same part of a model.</summary>
    public bool SaysMoreThan(Decision other)
    {
        if (Level != other.Level)
            return Level > other.Level;
        var (rank, otherRank) = (Candidate.Part?.Rank ?? 0, other.Candidate.Part?.Rank ?? 0);
        return rank != otherRank ? rank > otherRank : Points > other.Points;
    }
}
