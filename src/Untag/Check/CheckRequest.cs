using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Baselines;

namespace Untag.Check;

/// <summary>Everything a check needs to know.</summary>
public sealed record CheckRequest
{
    /// <summary>The product.</summary>
    public required ProductFile Product { get; init; }

    /// <summary>What is forbidden, and which law speaks of it.</summary>
    public required TagPolicy Policy { get; init; }

    /// <summary>The scan of the product; <see cref="ProductScan.Request"/> makes it.</summary>
    public required ScanRequest Scan { get; init; }

    /// <summary>Findings that are not new; null for none. They count against a claim like all others.</summary>
    public Baseline? Baseline { get; init; }
}
