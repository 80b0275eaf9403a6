using System.Text;
using System.Text.Json;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Evidence;

/// <summary>What a bundle is made of, before it is signed.</summary>
/// <param name="Subjects">The files that ship.</param>
/// <param name="Claims">What is stated of them; its list of documents is filled in by the bundler.</param>
/// <param name="Documents">The documents that come with it.</param>
public sealed record BundleDraft(
    IReadOnlyList<Subject> Subjects, ClaimsPredicate Claims, IReadOnlyList<BundleEntry> Documents);

/// <summary>Signs a draft and packs it.</summary>
/// <remarks>
/// <list type="number">
/// <item>the digest of each document goes into the statement, so that one signature covers them all;</item>
/// <item>the statement and its short form for policy engines are signed (<see cref="SigstoreBundle"/>);</item>
/// <item>everything is packed with a manifest (<see cref="Manifest"/>).</item>
/// </list>
/// </remarks>
public static class Bundler
{
    /// <summary>Makes a bundle.</summary>
    /// <param name="draft">What is stated.</param>
    /// <param name="key">The private key of whoever states it.</param>
    /// <exception cref="FormatException">The key cannot sign.</exception>
    public static byte[] Make(BundleDraft draft, EvidenceKey key)
    {
        var documents = draft.Documents.OrderBy(document => document.Path, StringComparer.Ordinal).ToList();
        var claims = draft.Claims with
        {
            Documents = [.. documents.Select(document => new Subject(document.Path, new Sha256Digest(Manifest.DigestOf(document.Bytes.Span))))],
        };
        var statement = new Statement<ClaimsPredicate>(StatementType.Statement, draft.Subjects, StatementType.Claims, claims);
        var result = new Statement<ResultPredicate>(
            StatementType.Statement, draft.Subjects, StatementType.Result, ResultOf(claims));
        return Manifest.Pack(
            [
                new BundleEntry(BundlePaths.Statement, SigstoreBundle.Sign(
                    JsonSerializer.SerializeToUtf8Bytes(statement, EvidenceJson.Readable.StatementClaimsPredicate), key)),
                new BundleEntry(BundlePaths.Result, SigstoreBundle.Sign(
                    JsonSerializer.SerializeToUtf8Bytes(result, EvidenceJson.Readable.StatementResultPredicate), key)),
                new BundleEntry(BundlePaths.Key, Encoding.UTF8.GetBytes(key.PublicPem)),
                .. documents,
            ],
            []);
    }

    /// <summary>The short form: only what holds as a whole is a property, so that nobody takes a part for it.</summary>
    internal static ResultPredicate ResultOf(ClaimsPredicate claims) => new(
        new ResultVerifier(
            $"urn:untag:verifier:{claims.Tool.Name}:{claims.Tool.Version}",
            [new Subject(claims.Policy.Name, new Sha256Digest(claims.Policy.Sha256))]),
        $"{claims.CheckedOn:yyyy-MM-dd}T00:00:00Z",
        [.. claims.Claims.Where(claim => claim is { Verdict: "holds", Partial: false })
            .Select(claim => "UNTAG_" + claim.Claim.Replace('-', '_').ToUpperInvariant())]);
}
