namespace Untag.Scan;

/// <summary>Finds tags of persons in a product.</summary>
public static class Scanner
{
    /// <summary>Reads every source and judges what it finds.</summary>
    public static ScanReport Scan(
        ScanRequest request, IProgress<ScanProgress>? progress, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
