namespace Untag.Scan.Judging;

/// <summary>Folders in which a product keeps code of others.</summary>
internal static class VendorFolders
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "node_modules", "site-packages", "dist-packages", "third_party", "third-party", "thirdparty", "vendor",
        "vendors", "Pods", "Carthage", "bower_components",
    };

    /// <summary>True when the path leads through such a folder.</summary>
    public static bool Contain(string path)
    {
        foreach (var range in path.AsSpan().Split('/'))
        {
            if (Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(path.AsSpan(range)))
                return true;
        }

        return false;
    }
}
