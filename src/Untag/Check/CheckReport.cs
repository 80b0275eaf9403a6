using Untag.Evidence.Statements;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Baselines;

namespace Untag.Check;

/// <summary>What became of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>It was checked and holds.</summary>
    Holds,

    /// <summary>Something speaks against it.</summary>
    Fails,

    /// <summary>Too little was read or measured to tell.</summary>
    Insufficient,

    /// <summary>Nothing that could decide it was measured.</summary>
    NotChecked,
}

/// <summary>One of the five claims, with what was done about it. The sentences have no full stop.</summary>
public sealed record ClaimResult
{
    /// <summary>Short name, such as <c>no-tag-offered</c>.</summary>
    public required string Claim { get; init; }

    /// <summary>The claim in words.</summary>
    public required string Says { get; init; }

    /// <summary>What became of it.</summary>
    public required ClaimVerdict Verdict { get; init; }

    /// <summary>True when something that the claim is about was not looked at, whatever the verdict.</summary>
    public required bool Partial { get; init; }

    /// <summary>What was looked at; empty when nothing was.</summary>
    public IReadOnlyList<string> Checked { get; init; } = [];

    /// <summary>What speaks for the claim.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];

    /// <summary>What speaks against it, or is missing.</summary>
    public IReadOnlyList<string> Failed { get; init; } = [];

    /// <summary>The figures that the verdict rests on.</summary>
    public IReadOnlyList<ClaimMeasure> Measures { get; init; } = [];

    /// <summary>What a pass would not prove.</summary>
    public IReadOnlyList<string> NotProven { get; init; } = [];

    /// <summary>What to do next.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];
}

/// <summary>The five claims of a product, and what they were judged by.</summary>
public sealed record CheckReport
{
    /// <summary>The product.</summary>
    public required ProductFile Product { get; init; }

    /// <summary>The day of the check, in UTC.</summary>
    public required DateOnly CheckedOn { get; init; }

    /// <summary>The claims in the order in which they are always shown.</summary>
    public required IReadOnlyList<ClaimResult> Claims { get; init; }

    /// <summary>The files that ship.</summary>
    public required IReadOnlyList<ShippedFile> Shipped { get; init; }

    /// <summary>What ships and was not read.</summary>
    public required IReadOnlyList<ShipGap> Gaps { get; init; }

    /// <summary>The scan.</summary>
    public required ScanReport Scan { get; init; }

    /// <summary>What became of the findings of the product's baseline; null when it has none.</summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>What the law of the product's jurisdictions says of the traits that were found.</summary>
    public required IReadOnlyList<LegalBasis> Law { get; init; }

    /// <summary>The day on which that law was last looked at.</summary>
    public required DateOnly LawAsOf { get; init; }

    /// <summary>True when any claim is partial: then nothing is shown as a pass of the whole.</summary>
    public bool Partial => Claims.Any(claim => claim.Partial);

    /// <summary>True when a claim fails, or was checked without a result.</summary>
    public bool Fails =>
        Claims.Any(claim => claim.Verdict is ClaimVerdict.Fails or ClaimVerdict.Insufficient);
}
