namespace Untag.Guard;

/// <summary>What the log of a guard says of a period.</summary>
public sealed record ServedReport
{
    /// <summary>Requests by what became of them.</summary>
    public required IReadOnlyDictionary<GuardOutcome, long> Decided { get; init; }

    /// <summary>Places that were taken out of replies, or were only observed.</summary>
    public required long Places { get; init; }

    /// <summary>Places by code of the rule, as far as they were known when their entry was written.</summary>
    public required IReadOnlyDictionary<string, long> Rules { get; init; }

    /// <summary>SHA-256 of the policies in force.</summary>
    public required IReadOnlyList<string> Policies { get; init; }

    /// <summary>Versions of the guards.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The first second in which something was decided; null when nothing was.</summary>
    public required DateTimeOffset? First { get; init; }

    /// <summary>The last one.</summary>
    public required DateTimeOffset? Last { get; init; }

    /// <summary>False when a guard only observed in some of the period.</summary>
    public required bool Enforced { get; init; }

    /// <summary>Requests that were not decided at the end of the period.</summary>
    public required long Open { get; init; }

    /// <summary>Runs that had not ended at the end of the period, in words.</summary>
    public required IReadOnlyList<string> Running { get; init; }

    /// <summary>What is missing from the log or does not add up, in words.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }

    /// <summary>Requests that were answered.</summary>
    public long Answered => Decided[GuardOutcome.Clean] + Decided[GuardOutcome.Stripped] + Decided[GuardOutcome.Observed];
}
