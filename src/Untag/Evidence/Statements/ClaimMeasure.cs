namespace Untag.Evidence.Statements;

/// <summary>A figure that the verdict on a claim rests on. What an audit withholds is none: no figure here is about fewer than ten
/// people, and no two of them give one that is.</summary>
public sealed record ClaimMeasure
{
    /// <summary>What was measured: <c>errors</c>, or a measure of docs/formats/audit.md such as <c>auc</c> or <c>fpr_gap</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it was measured of: <c>findings</c>, or the name of an output, a decision or a probe.</summary>
    public required string Of { get; init; }

    /// <summary>The group that it is about; null for all together.</summary>
    public string? Group { get; init; }

    /// <summary>What the group is compared with: another group, or <c>rest</c>; null when with nothing.</summary>
    public string? Against { get; init; }

    /// <summary>The value.</summary>
    public required double Estimate { get; init; }

    /// <summary>Lower bound, for this figure alone; null for a count.</summary>
    public double? Low { get; init; }

    /// <summary>Upper bound, for this figure alone; null for a count.</summary>
    public double? High { get; init; }

    /// <summary>How large it may be.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Files that were read, or rows of the table; null when nobody counted.</summary>
    public long? N { get; init; }

    /// <summary>People that it rests on, to the nearest 5; null when it is about none, or nobody counted.</summary>
    public long? People { get; init; }

    /// <summary>holds, fails or insufficient: by bounds that hold for all figures of the claim together, so that it can be
    /// stricter than those of this one.</summary>
    public required string Verdict { get; init; }
}
