using System.Text;
using System.Text.Json;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Evidence;

/// <summary>What others say of a statement, added to its bundle without touching it.</summary>
public static class Countersigning
{
    private const int NameLength = 16;

    /// <summary>Adds a countersignature.</summary>
    /// <param name="bundle">A bundle that was verified.</param>
    /// <param name="says">What is said of its statement.</param>
    /// <param name="key">The private key of whoever says it.</param>
    /// <exception cref="VerifyException">It is no bundle, or this key has spoken already, or withdraws what is not its own.</exception>
    /// <exception cref="FormatException">The key cannot sign.</exception>
    public static byte[] Add(ReadOnlyMemory<byte> bundle, CountersignPredicate says, EvidenceKey key)
    {
        var (manifest, files) = Manifest.Unpack(bundle);
        using var signer = SignedFiles.KeyOf(files, BundlePaths.Key);
        if (says.Says == CountersignWords.Withdraws && key.Fingerprint != signer.Fingerprint)
            throw new VerifyException(VerifyFailure.OtherKey, "only the key that signed a statement withdraws it");
        // Whoever signed can have said something before, and can still take it back.
        var name = BundlePaths.Countersignatures + key.Fingerprint[..NameLength]
            + (says.Says == CountersignWords.Withdraws ? "-" + CountersignWords.Withdraws : "");
        if (files.ContainsKey(name + BundlePaths.KeyEnding))
            throw new VerifyException(VerifyFailure.FileAdded, "this key has countersigned it already");
        var statement = new Statement<CountersignPredicate>(
            StatementType.Statement, [SubjectOf(files)], StatementType.Countersignature, says);
        return manifest.PackWith(files,
        [
            new BundleEntry(name + BundlePaths.SignedEnding, SigstoreBundle.Sign(
                JsonSerializer.SerializeToUtf8Bytes(statement, EvidenceJson.Readable.StatementCountersignPredicate), key)),
            new BundleEntry(name + BundlePaths.KeyEnding, Encoding.UTF8.GetBytes(key.PublicPem)),
        ]);
    }

    /// <summary>The countersignatures in a bundle, each of its own key and about its statement.</summary>
    internal static List<Countersignature> Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string signer)
    {
        var found = new List<Countersignature>();
        var subject = SubjectOf(files);
        foreach (var path in files.Keys.Where(path => path.StartsWith(BundlePaths.Countersignatures, StringComparison.Ordinal)))
        {
            if (path.EndsWith(BundlePaths.KeyEnding, StringComparison.Ordinal)
                && files.ContainsKey(path[..^BundlePaths.KeyEnding.Length] + BundlePaths.SignedEnding))
                continue;
            if (!path.EndsWith(BundlePaths.SignedEnding, StringComparison.Ordinal))
                throw new VerifyException(VerifyFailure.FileAdded, $"nobody signed `{path}`");
            using var key = SignedFiles.KeyOf(files, path[..^BundlePaths.SignedEnding.Length] + BundlePaths.KeyEnding);
            var statement = SignedFiles.Statement(
                files, path, key, StatementType.Countersignature,
                payload => StrictJson.Read(payload, EvidenceJson.Readable.StatementCountersignPredicate));
            if (statement.Subject is not [var about] || about != subject || !CountersignWords.All.Contains(statement.Predicate.Says))
                throw new VerifyException(VerifyFailure.DocumentChanged, $"`{path}` is about another statement");
            if (statement.Predicate.Says == CountersignWords.Withdraws && key.Fingerprint != signer)
                throw new VerifyException(VerifyFailure.DocumentChanged, $"`{path}` withdraws a statement of somebody else");
            found.Add(new Countersignature(statement.Predicate, key.Fingerprint));
        }

        return found;
    }

    private static Subject SubjectOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        new(BundlePaths.Statement, new Sha256Digest(Manifest.DigestOf(files[BundlePaths.Statement].Span)));
}
