using System.Security.Cryptography;
using System.Text;
using Untag.Scan.Reports;

namespace Untag.Scan.Caching;

/// <summary>Everything besides a file's path and content on which its result depends.</summary>
internal static class CacheKey
{
    /// <summary>A digest of the policy, the build of Untag, the scope, the limits and the roots.</summary>
    public static byte[] Of(ScanRequest request)
    {
        var text = new StringBuilder()
            .Append(ToolVersion.Version).Append('\n')
            // Two builds of one version may read differently.
            .Append(typeof(CacheKey).Module.ModuleVersionId).Append('\n')
            .Append(request.Policy.Digest).Append('\n')
            .Append(request.Traits).Append('\n')
            .Append(request.Limits).Append('\n');
        foreach (var source in request.Sources.OfType<ScanSource.OnDisk>())
            text.Append(Path.GetFullPath(source.Location)).Append('\n').Append(source.Shown).Append('\n');
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
