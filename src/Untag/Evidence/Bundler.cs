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
/// <param name="Previous">The bundle before it: what changed since is stated too; null for none.</param>
public sealed record BundleDraft(
    IReadOnlyList<Subject> Subjects, ClaimsPredicate Claims, IReadOnlyList<BundleEntry> Documents, PreviousBundle? Previous = null);

/// <summary>Signs a draft and packs it.</summary>
/// <remarks>
/// <list type="number">
/// <item>the digest of each document goes into the statement, so that one signature covers them all;</item>
/// <item>the statement and its short forms for policy engines (<see cref="ShortForms"/>) are signed
/// (<see cref="SigstoreBundle"/>);</item>
/// <item>everything is packed with a manifest (<see cref="Manifest"/>).</item>
/// </list>
/// </remarks>
public static class Bundler
{
    /// <summary>Makes a bundle.</summary>
    /// <param name="draft">What is stated.</param>
    /// <param name="key">The private key of whoever states it.</param>
    /// <exception cref="FormatException">The key cannot sign.</exception>
    /// <exception cref="VerifyException">The previous bundle cannot come before it.</exception>
    public static byte[] Make(BundleDraft draft, EvidenceKey key)
    {
        var documents = draft.Documents.OrderBy(document => document.Path, StringComparer.Ordinal).ToList();
        var claims = draft.Claims with
        {
            Documents = [.. documents.Select(document => new Subject(document.Path, new Sha256Digest(Manifest.DigestOf(document.Bytes.Span))))],
            Previous = draft.Previous?.Before(draft.Subjects, draft.Claims, key.Fingerprint),
        };
        var statement = SigstoreBundle.Sign(
            JsonSerializer.SerializeToUtf8Bytes(
                new Statement<ClaimsPredicate>(StatementType.Statement, draft.Subjects, StatementType.Claims, claims),
                EvidenceJson.Readable.StatementClaimsPredicate),
            key);
        return Manifest.Pack(
            [
                new BundleEntry(BundlePaths.Statement, statement),
                new BundleEntry(BundlePaths.Result, SigstoreBundle.Sign(ResultBytes(draft.Subjects, claims), key)),
                new BundleEntry(BundlePaths.Summary, SigstoreBundle.Sign(SummaryBytes(draft.Subjects, claims, statement), key)),
                new BundleEntry(BundlePaths.Key, Encoding.UTF8.GetBytes(key.PublicPem)),
                .. documents,
            ],
            []);
    }

    /// <summary>The Simple Verification Result of a statement, as it is signed.</summary>
    internal static byte[] ResultBytes(IReadOnlyList<Subject> subjects, ClaimsPredicate claims) => JsonSerializer.SerializeToUtf8Bytes(
        new Statement<ResultPredicate>(StatementType.Statement, subjects, StatementType.Result, ShortForms.ResultOf(claims)),
        EvidenceJson.Readable.StatementResultPredicate);

    /// <summary>The summary of a statement, as it is signed.</summary>
    /// <param name="subjects">The files that ship.</param>
    /// <param name="claims">What is stated of them.</param>
    /// <param name="statement">The signed statement.</param>
    internal static byte[] SummaryBytes(IReadOnlyList<Subject> subjects, ClaimsPredicate claims, ReadOnlySpan<byte> statement) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Statement<SummaryPredicate>(
                StatementType.Statement, subjects, StatementType.Summary,
                ShortForms.SummaryOf(claims, new Sha256Digest(Manifest.DigestOf(statement)))),
            EvidenceJson.Readable.StatementSummaryPredicate);
}
