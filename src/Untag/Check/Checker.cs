using Untag.Scan;

namespace Untag.Check;

/// <summary>Judges the five claims of a product.</summary>
/// <remarks>
/// <list type="number">
/// <item>what ships is resolved to files with their digests (<see cref="ShippedFiles"/>);</item>
/// <item>the product is scanned (<see cref="Scanner"/>);</item>
/// <item>what ships and was not read becomes a gap (<see cref="ProductScan"/>);</item>
/// <item>what its file names as outputs and decisions is audited (<see cref="ProductAudit"/>);</item>
/// <item>each claim is judged by the parts that can decide it (<see cref="ScanClaims"/>, <see cref="MeasuredClaims"/>,
/// <see cref="ErasureClaim"/>, <see cref="ServedClaim"/>);</item>
/// <item>the law that speaks of the traits found is looked up (<see cref="LawInForce"/>).</item>
/// </list>
/// </remarks>
public static class Checker
{
    /// <summary>Checks a product.</summary>
    /// <param name="request">The product and its policy.</param>
    /// <param name="progress">Told about every file that is scanned; null for nobody.</param>
    /// <param name="cancellation">Ends the check early: what was found so far is reported, and the report is partial.</param>
    public static CheckReport Check(
        CheckRequest request, IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var product = request.Product;
        var (shipped, gaps) = ShippedFiles.Resolve(product, cancellation);
        var scan = Scanner.Scan(request.Scan, progress, cancellation);
        var allGaps = gaps.Concat(ProductScan.Unread(shipped, product, scan)).ToList();
        return Judge(request, shipped, allGaps, scan, ProductAudit.Measure(product, cancellation), cancellation);
    }

    /// <summary>Judges the claims by a scan and an audit that were done.</summary>
    internal static CheckReport Judge(
        CheckRequest request, IReadOnlyList<ShippedFile> shipped, IReadOnlyList<ShipGap> gaps, ScanReport scan, AuditOutcome? audit,
        CancellationToken cancellation = default)
    {
        var product = request.Product;
        var baseline = request.Baseline?.Mark(scan);
        var evidence = new ScanClaims(product, request.Policy, scan, shipped, gaps, baseline);
        var measured = new MeasuredClaims(audit);
        var traits = scan.Findings.Where(finding => finding.Level != Level.Note)
            .Select(finding => finding.Trait).ToHashSet(StringComparer.Ordinal);
        return new CheckReport
        {
            Product = product,
            CheckedOn = scan.ScannedOn,
            Claims =
            [
                evidence.NoTagOffered(),
                measured.NoTagLeaked(),
                evidence.NoGroupTargeted(measured),
                ErasureClaim.Judge(product),
                ServedClaim.Judge(product, cancellation),
            ],
            Shipped = shipped,
            Gaps = gaps,
            Scan = scan,
            Baseline = baseline?.Baseline,
            Law = LawInForce.For(request.Policy, product.Jurisdictions, product.Role, traits),
            LawAsOf = request.Policy.LawAsOf,
        };
    }
}
