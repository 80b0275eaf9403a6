using Untag.Policy;
using Untag.Scan;

namespace Untag.Check;

/// <summary>Judges the five claims. It asks the parts, and says of each claim what was seen, what passed, and what the
/// verdict does not prove.</summary>
public static class Checker
{
    /// <summary>Scans the product and judges every claim that it makes checkable.</summary>
    public static CheckReport Check(
        CheckRequest request, IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var product = request.Product;
        var scan = Scanner.Scan(ScanRequestOf(request), progress, cancellation);
        var (ships, unread) = Shipment.Resolve(product, scan);
        var today = DateOnly.FromDateTime(request.Time.GetUtcNow().UtcDateTime);
        return new CheckReport(
            product,
            Claims.Judge(request, scan, unread),
            ships,
            unread,
            scan,
            [.. request.Policy.Law.Where(basis => Speaks(basis, product, scan, today))]);
    }

    private static ScanRequest ScanRequestOf(CheckRequest request)
    {
        var product = request.Product;
        return new ScanRequest
        {
            Policy = request.Policy,
            Sources = [.. product.ScanPaths.Select(path => SourceOf(product.Folder, path))],
            Exclude = product.ScanExclude,
            Allow = product.Allow,
        };
    }

    // Paths in findings are relative to the product's folder, whichever of its folders was scanned.
    private static ScanSource.OnDisk SourceOf(string folder, string path)
    {
        var location = Path.GetFullPath(path, folder);
        var shown = Path.GetRelativePath(folder, location).Replace('\\', '/');
        if (shown == ".")
            return new ScanSource.OnDisk(location, "");
        return new ScanSource.OnDisk(location, Directory.Exists(location) ? shown + '/' : shown);
    }

    private static bool Speaks(LegalBasis basis, ProductFile product, ScanReport scan, DateOnly today) =>
        product.Jurisdictions.Contains(basis.Jurisdiction)
        && basis.Actors.Contains(product.Role == ProductRole.Provider ? "provider" : "deployer")
        && (basis.Until is null || basis.Until >= today)
        && basis.Traits.Any(trait => scan.Findings.Any(finding => finding.Trait == trait && finding.Level != Level.Note));
}
