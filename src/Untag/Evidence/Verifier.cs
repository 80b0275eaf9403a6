using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Evidence;

/// <summary>Verifies a bundle. It needs no network.</summary>
/// <remarks>
/// <list type="number">
/// <item>the bundle is what its manifest says, to the last byte (<see cref="Manifest"/>);</item>
/// <item>the statement is signed by the key in it, which is the one that the reader gave (<see cref="SigstoreBundle"/>);</item>
/// <item>each document is the one that was signed, or is withheld;</item>
/// <item>the short form for policy engines says what the statement says;</item>
/// <item>what others say of the statement is theirs (<see cref="Countersigning"/>), and it was not withdrawn;</item>
/// <item>the log holds the statement, and grew out of what the reader saw of it before (<see cref="LogEvidence"/>);</item>
/// <item>it is valid today;</item>
/// <item>the product is the one that it is about.</item>
/// </list>
/// </remarks>
public static class Verifier
{
    /// <summary>Verifies a bundle.</summary>
    /// <exception cref="VerifyException">It is not accepted; the exception says why.</exception>
    public static Verification Verify(VerifyRequest request)
    {
        var (manifest, files) = Manifest.Unpack(request.Bundle);
        using var key = KeyOf(files, BundlePaths.Key);
        if (request.Key is { } given && given.Fingerprint != key.Fingerprint)
            throw new VerifyException(VerifyFailure.OtherKey, $"it names the key sha256:{key.Fingerprint}");
        var statement = Statement(
            files, BundlePaths.Statement, key, StatementType.Claims, ClaimsOf);
        if (statement.Subject.Count == 0 || statement.Predicate.Schema != ClaimsPredicate.SchemaName)
            throw new VerifyException(VerifyFailure.UnknownStatement, $"`{BundlePaths.Statement}`");
        var withheld = CompareDocuments(manifest, statement.Predicate);
        CompareResult(files, key, statement);
        var countersignatures = Countersigning.Read(files, key.Fingerprint);
        if (countersignatures.FirstOrDefault(other => other.Says.Says == CountersignWords.Withdraws) is { } withdrawal)
            throw new VerifyException(VerifyFailure.Withdrawn, $"on {withdrawal.Says.On:yyyy-MM-dd}: {withdrawal.Says.Remark ?? "no reason is given"}");
        var log = LogEvidence.Read(files, request);
        if (request.Today > statement.Predicate.ValidUntil)
            throw new VerifyException(VerifyFailure.Expired, $"it was valid until {statement.Predicate.ValidUntil:yyyy-MM-dd}");
        if (request.Today < statement.Predicate.CheckedOn)
            throw new VerifyException(VerifyFailure.NotYetValid, $"it is dated {statement.Predicate.CheckedOn:yyyy-MM-dd}");
        if (request.ProductFolder is { } folder)
            CompareProduct(statement.Subject, folder);
        return new Verification
        {
            Subjects = statement.Subject,
            Claims = statement.Predicate,
            Fingerprint = key.Fingerprint,
            KeyWasGiven = request.Key is not null,
            ProductCompared = request.ProductFolder is not null,
            Withheld = withheld,
            Log = log,
            Countersignatures = countersignatures,
        };
    }

    /// <summary>The public key that lies at a path of a bundle.</summary>
    internal static EvidenceKey KeyOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path)
    {
        if (!files.TryGetValue(path, out var pem))
            throw new VerifyException(VerifyFailure.FileMissing, $"`{path}`");
        try
        {
            var key = EvidenceKey.Parse(Encoding.UTF8.GetString(pem.Span));
            if (Encoding.UTF8.GetBytes(key.PublicPem).AsSpan().SequenceEqual(pem.Span))
                return key;
            key.Dispose();
        }
        catch (FormatException)
        {
        }

        throw new VerifyException(VerifyFailure.BadSignature, $"`{path}` is no public key");
    }

    /// <summary>A statement that a key signed.</summary>
    internal static Statement<T> Statement<T>(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string path, EvidenceKey key, string predicateType,
        Func<byte[], Statement<T>?> read)
    {
        if (!files.TryGetValue(path, out var bundle))
            throw new VerifyException(VerifyFailure.FileMissing, $"`{path}`");
        var payload = SigstoreBundle.Open(bundle.Span, key, path);
        try
        {
            if (read(payload) is { } statement
                && statement.Type == StatementType.Statement && statement.PredicateType == predicateType)
                return statement;
        }
        catch (JsonException)
        {
        }

        throw new VerifyException(VerifyFailure.UnknownStatement, $"`{path}`");
    }

    /// <summary>Reads what is stated about a product.</summary>
    internal static Statement<ClaimsPredicate>? ClaimsOf(byte[] payload) =>
        StrictJson.Read(payload, EvidenceJson.Readable.StatementClaimsPredicate);

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
            else if (file.Withheld || !IsSignature(file.Path))
            {
                throw new VerifyException(VerifyFailure.FileAdded, $"nobody signed `{file.Path}`");
            }
        }

        return stated.Count == 0
            ? withheld
            : throw new VerifyException(VerifyFailure.FileMissing, $"`{stated.Keys.First()}`, which was signed");
    }

    private static bool IsSignature(string path) =>
        path is BundlePaths.Statement or BundlePaths.Result or BundlePaths.Key
        || path.StartsWith(BundlePaths.Countersignatures, StringComparison.Ordinal) || LogEvidence.IsPartOf(path);

    private static void CompareResult(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, EvidenceKey key, Statement<ClaimsPredicate> statement)
    {
        var result = Statement(
            files, BundlePaths.Result, key, StatementType.Result,
            payload => StrictJson.Read(payload, EvidenceJson.Readable.StatementResultPredicate));
        var expected = statement.Predicate;
        var same = result.Subject.SequenceEqual(statement.Subject)
            && result.Predicate.Properties.SequenceEqual(Bundler.ResultOf(expected).Properties);
        if (!same)
            throw new VerifyException(VerifyFailure.DocumentChanged, $"`{BundlePaths.Result}` says something else than `{BundlePaths.Statement}`");
    }

    private static void CompareProduct(IReadOnlyList<Subject> subjects, string folder)
    {
        foreach (var (name, digest) in subjects)
        {
            var path = name.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Join(folder, name));
            if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
                throw new VerifyException(VerifyFailure.ProductFileMissing, $"`{name}`");
            try
            {
                using var file = File.OpenRead(path);
                if (Convert.ToHexStringLower(SHA256.HashData(file)) != digest.Sha256)
                    throw new VerifyException(VerifyFailure.OtherProduct, $"`{name}` has another digest");
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new VerifyException(VerifyFailure.ProductFileMissing, $"`{name}` cannot be read: {FileProblem.InWords(problem)}");
            }
        }
    }
}
