using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Evidence;

/// <summary>A bundle that is what was signed, to the last byte. Whether that is valid, and of whom, is another question.</summary>
/// <param name="Files">Its files by their paths, without the manifest.</param>
/// <param name="Statement">What is stated.</param>
/// <param name="Fingerprint">SHA-256 of the public key that signed, in hexadecimal.</param>
/// <param name="Withheld">Documents whose digest is signed and which are not given.</param>
/// <param name="Countersignatures">What others say of the statement.</param>
internal sealed record OpenedBundle(
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files, Statement<ClaimsPredicate> Statement, string Fingerprint,
    IReadOnlyList<string> Withheld, IReadOnlyList<Countersignature> Countersignatures)
{
    /// <summary>Opens a bundle.</summary>
    /// <param name="bundle">Its bytes.</param>
    /// <param name="given">The key of whom the reader trusts; null for any.</param>
    /// <exception cref="VerifyException">It is not what was signed, or not by that key.</exception>
    public static OpenedBundle Open(ReadOnlyMemory<byte> bundle, EvidenceKey? given)
    {
        var (manifest, files) = Manifest.Unpack(bundle);
        using var key = SignedFiles.KeyOf(files, BundlePaths.Key);
        if (given is not null && given.Fingerprint != key.Fingerprint)
            throw new VerifyException(VerifyFailure.OtherKey, $"it names the key sha256:{key.Fingerprint}");
        var statement = SignedFiles.Statement(files, BundlePaths.Statement, key, StatementType.Claims, SignedFiles.ClaimsOf);
        if (statement.Subject.Count == 0 || !statement.Predicate.KeepsToItsVersion)
            throw new VerifyException(VerifyFailure.UnknownStatement, $"`{BundlePaths.Statement}`");
        var withheld = CompareDocuments(manifest, statement.Predicate);
        CompareShortForms(files, key, statement);
        return new OpenedBundle(files, statement, key.Fingerprint, withheld, Countersigning.Read(files, key.Fingerprint));
    }

    /// <summary>The digest of the signed statement: the same in every edition of the bundle.</summary>
    public string StatementDigest => Manifest.DigestOf(Files[BundlePaths.Statement].Span);

    private static List<string> CompareDocuments(Manifest manifest, ClaimsPredicate claims)
    {
        var stated = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in claims.Documents)
        {
            if (!stated.TryAdd(document.Name, document.Digest.Sha256))
                throw new VerifyException(VerifyFailure.UnknownStatement, $"`{document.Name}` was signed twice");
        }

        var withheld = new List<string>();
        foreach (var file in manifest.Files)
        {
            if (stated.Remove(file.Path, out var digest))
            {
                if (digest != file.Sha256)
                    throw new VerifyException(VerifyFailure.DocumentChanged, $"`{file.Path}`");
                if (file.Withheld)
                    withheld.Add(file.Path);
            }
            else if (file.Withheld || !IsSignature(file.Path, claims))
            {
                throw new VerifyException(VerifyFailure.FileAdded, $"nobody signed `{file.Path}`");
            }
        }

        return stated.Count == 0
            ? withheld
            : throw new VerifyException(VerifyFailure.FileMissing, $"`{stated.Keys.First()}`, which was signed");
    }

    private static bool IsSignature(string path, ClaimsPredicate claims) =>
        path is BundlePaths.Statement or BundlePaths.Result or BundlePaths.Key or BundlePaths.Timestamp
        || (path == BundlePaths.Summary && HasSummary(claims))
        || path.StartsWith(BundlePaths.Countersignatures, StringComparison.Ordinal) || LogEvidence.IsPartOf(path);

    private static bool HasSummary(ClaimsPredicate claims) => claims.Schema != ClaimsPredicate.FirstSchemaName;

    // Both follow from the statement, to the byte.
    private static void CompareShortForms(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, EvidenceKey key, Statement<ClaimsPredicate> statement)
    {
        CompareShortForm(files, BundlePaths.Result, key, Bundler.ResultBytes(statement.Subject, statement.Predicate));
        if (HasSummary(statement.Predicate))
        {
            CompareShortForm(files, BundlePaths.Summary, key, Bundler.SummaryBytes(
                statement.Subject, statement.Predicate, files[BundlePaths.Statement].Span));
        }
    }

    private static void CompareShortForm(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path, EvidenceKey key, byte[] expected)
    {
        if (!files.TryGetValue(path, out var bundle))
            throw new VerifyException(VerifyFailure.FileMissing, $"`{path}`");
        if (!SigstoreBundle.Open(bundle.Span, key, path).AsSpan().SequenceEqual(expected))
            throw new VerifyException(VerifyFailure.DocumentChanged, $"`{path}` says something else than `{BundlePaths.Statement}`");
    }
}
