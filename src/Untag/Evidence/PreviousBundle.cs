using System.Globalization;
using Untag.Evidence.Bundles;
using Untag.Evidence.Statements;

namespace Untag.Evidence;

/// <summary>The bundle that came before another one, whoever signed it and whether or not it is still valid.</summary>
public sealed class PreviousBundle
{
    private readonly OpenedBundle opened;
    private readonly string digest;

    private PreviousBundle(OpenedBundle opened, string digest)
    {
        this.opened = opened;
        this.digest = digest;
    }

    /// <summary>Opens a bundle.</summary>
    /// <exception cref="VerifyException">It is not what was signed.</exception>
    public static PreviousBundle Open(ReadOnlyMemory<byte> bundle) =>
        new(OpenedBundle.Open(bundle, given: null), Manifest.DigestOf(bundle.Span));

    /// <summary>What a statement says that comes after this one.</summary>
    /// <param name="subjects">The files that it is about.</param>
    /// <param name="claims">What it states.</param>
    /// <param name="fingerprint">Of the key that signs it.</param>
    /// <exception cref="VerifyException">It is about another product, or older.</exception>
    internal StatedPrevious Before(IReadOnlyList<Subject> subjects, ClaimsPredicate claims, string fingerprint)
    {
        var before = opened.Statement.Predicate;
        if (before.Product != claims.Product)
            throw new VerifyException(VerifyFailure.OtherPrevious, $"that one is about `{before.Product}`, this one about `{claims.Product}`");
        if (before.CheckedOn > claims.CheckedOn)
        {
            throw new VerifyException(
                VerifyFailure.OlderThanSeen, $"that one is of {before.CheckedOn:yyyy-MM-dd}, this one of {claims.CheckedOn:yyyy-MM-dd}");
        }

        StatedChange[] changes =
        [
            new("version", "version", before.Version, claims.Version),
            new("key", "key", $"sha256:{opened.Fingerprint}", $"sha256:{fingerprint}"),
            new("tool", "tool", Named(before.Tool), Named(claims.Tool)),
            new("policy", "policy", Named(before.Policy), Named(claims.Policy)),
            new("coverage", "coverage", InWords(before.Coverage), InWords(claims.Coverage)),
            .. Pairs("claim", before.Claims, claims.Claims, claim => claim.Claim, InWords),
            .. Pairs("subject", opened.Statement.Subject, subjects, subject => subject.Name, subject => $"sha256:{subject.Digest.Sha256}"),
        ];
        return new StatedPrevious(
            digest, opened.StatementDigest, opened.Fingerprint, before.CheckedOn,
            [.. changes.Where(change => change.Before != change.After)]);
    }

    /// <summary>Compares this bundle, which a reader has, with what a newer one says of it.</summary>
    /// <exception cref="VerifyException">The newer one does not come after it, or says what is not so.</exception>
    internal void CompareWith(OpenedBundle newer)
    {
        var expected = Before(newer.Statement.Subject, newer.Statement.Predicate, newer.Fingerprint);
        if (newer.Statement.Predicate.Previous is not { } stated)
            throw new VerifyException(VerifyFailure.OtherPrevious, "it names none");
        if (stated.Statement != expected.Statement)
            throw new VerifyException(VerifyFailure.OtherPrevious, $"it names the one of {stated.CheckedOn:yyyy-MM-dd} with the SHA-256 {stated.Statement}");
        // The reader may have another edition: with a countersignature more, or with a document withheld.
        if (!stated.Changes.SequenceEqual(expected.Changes)
            || stated != expected with { Bundle = stated.Bundle, Changes = stated.Changes })
            throw new VerifyException(VerifyFailure.FalseDifference);
    }

    // Those that were, in their order, then those that are new.
    private static IEnumerable<StatedChange> Pairs<T>(
        string what, IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> name, Func<T, string> value)
    {
        var were = before.Select(name).ToHashSet(StringComparer.Ordinal);
        var are = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in after)
            are.TryAdd(name(item), value(item));
        return before.Select(item => new StatedChange(what, name(item), value(item), are.GetValueOrDefault(name(item))))
            .Concat(after.Where(item => !were.Contains(name(item))).Select(item => new StatedChange(what, name(item), null, value(item))));
    }

    private static string Named(StatedTool tool) =>
        $"{tool.Name} {tool.Version}{(tool.Sha256 is { } digest ? $" sha256:{digest}" : "")}";

    private static string Named(StatedPolicy policy) => $"{policy.Name} sha256:{policy.Sha256}";

    private static string InWords(StatedCoverage coverage)
    {
        var gaps = coverage.Gaps.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {coverage.Gaps.Count} that ship not");
        return string.Create(CultureInfo.InvariantCulture, $"{coverage.Read} of {coverage.Files} files read, {coverage.Bytes} bytes{gaps}");
    }

    private static string InWords(StatedClaim claim) => claim.Partial ? $"{claim.Verdict}, partial" : claim.Verdict;
}
