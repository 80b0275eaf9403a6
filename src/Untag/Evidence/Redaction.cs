using Untag.Evidence.Bundles;
using Untag.Evidence.Statements;

namespace Untag.Evidence;

/// <summary>Makes the edition of a bundle that not everybody's eyes are meant for.</summary>
public static class Redaction
{
    /// <summary>Leaves documents out of a bundle. Their digests stay, and they are shown as withheld.</summary>
    /// <param name="bundle">A bundle that was verified.</param>
    /// <param name="documents">Paths of the documents.</param>
    /// <exception cref="VerifyException">It is no bundle, or has no such document.</exception>
    public static byte[] Withhold(ReadOnlyMemory<byte> bundle, IReadOnlyCollection<string> documents)
    {
        var (manifest, files) = Manifest.Unpack(bundle);
        using var key = SignedFiles.KeyOf(files, BundlePaths.Key);
        var stated = SignedFiles.Statement(
            files, BundlePaths.Statement, key, StatementType.Claims, SignedFiles.ClaimsOf).Predicate.Documents;
        if (documents.FirstOrDefault(path => !stated.Any(document => document.Name == path)) is { } unknown)
            throw new VerifyException(VerifyFailure.FileMissing, $"it has no document `{unknown}`");
        var left = manifest with
        {
            Files = [.. manifest.Files.Select(file => documents.Contains(file.Path) ? file with { Withheld = true } : file)],
        };
        return left.PackWith(files, []);
    }
}
