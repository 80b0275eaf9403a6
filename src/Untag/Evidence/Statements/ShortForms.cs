namespace Untag.Evidence.Statements;

/// <summary>What a statement comes to, in the two predicates that policy engines read which know nothing of Untag. Both follow from
/// the statement alone, so that a verifier can make them again and compare.</summary>
internal static class ShortForms
{
    private const string Failed = "FAILED";

    /// <summary>in-toto's Simple Verification Result v0.2: each claim that holds as a whole is a property, whatever the others.</summary>
    /// <param name="claims">What is stated.</param>
    public static ResultPredicate ResultOf(ClaimsPredicate claims) => new(
        new ResultVerifier(
            VerifierOf(claims), [new Subject(claims.Policy.Name, new Sha256Digest(claims.Policy.Sha256))]),
        TimeOf(claims), PropertiesOf(claims));

    /// <summary>SLSA's Verification Summary Attestation v1 (slsa.dev/spec/v1.2/verification_summary): passed only when no claim fails,
    /// is insufficient or partial; then the claims that hold are its levels. It says nothing of a level of SLSA.</summary>
    /// <param name="claims">What is stated.</param>
    /// <param name="statement">The digest of the signed statement.</param>
    public static SummaryPredicate SummaryOf(ClaimsPredicate claims, Sha256Digest statement) => new(
        new SummaryVerifier(VerifierOf(claims), new SummaryVersions(claims.Tool.Version)),
        TimeOf(claims),
        PackageUrl(claims),
        new UriDigest($"urn:untag:policy:{Uri.EscapeDataString(claims.Policy.Name)}", new Sha256Digest(claims.Policy.Sha256)),
        [new UriDigest($"urn:untag:bundle:{BundlePaths.Statement}", statement)],
        claims.Holds ? "PASSED" : Failed,
        claims.Holds ? PropertiesOf(claims) : [Failed]);

    private static string VerifierOf(ClaimsPredicate claims) => $"urn:untag:verifier:{claims.Tool.Name}:{claims.Tool.Version}";

    private static string TimeOf(ClaimsPredicate claims) => $"{claims.CheckedOn:yyyy-MM-dd}T00:00:00Z";

    private static IReadOnlyList<string> PropertiesOf(ClaimsPredicate claims) =>
        [.. claims.Claims.Where(claim => claim is { Verdict: "holds", Partial: false })
            .Select(claim => "UNTAG_" + claim.Claim.Replace('-', '_').ToUpperInvariant())];

    private static string PackageUrl(ClaimsPredicate claims)
    {
        var version = claims.Version is { } stated ? "@" + Uri.EscapeDataString(stated) : "";
        return $"pkg:generic/{Uri.EscapeDataString(claims.Product)}{version}";
    }
}

/// <summary>in-toto's Simple Verification Result.</summary>
/// <param name="Verifier">What verified.</param>
/// <param name="TimeCreated">When.</param>
/// <param name="Properties">What holds.</param>
public sealed record ResultPredicate(ResultVerifier Verifier, string TimeCreated, IReadOnlyList<string> Properties);

/// <summary>What verified.</summary>
/// <param name="Id">A name with its version.</param>
/// <param name="Policies">The policy.</param>
public sealed record ResultVerifier(string Id, IReadOnlyList<Subject> Policies);

/// <summary>SLSA's Verification Summary Attestation.</summary>
/// <param name="Verifier">What verified.</param>
/// <param name="TimeVerified">When.</param>
/// <param name="ResourceUri">The product, as a package URL.</param>
/// <param name="Policy">The policy.</param>
/// <param name="InputAttestations">The signed statement that it sums up.</param>
/// <param name="VerificationResult"><c>PASSED</c> or <c>FAILED</c>.</param>
/// <param name="VerifiedLevels">What holds; <c>FAILED</c> alone when it failed.</param>
public sealed record SummaryPredicate(
    SummaryVerifier Verifier, string TimeVerified, string ResourceUri, UriDigest Policy, IReadOnlyList<UriDigest> InputAttestations,
    string VerificationResult, IReadOnlyList<string> VerifiedLevels);

/// <summary>What verified.</summary>
/// <param name="Id">A name with its version.</param>
/// <param name="Version">Its parts with their versions.</param>
public sealed record SummaryVerifier(string Id, SummaryVersions Version);

/// <summary>Versions by name.</summary>
/// <param name="Untag">The version of Untag.</param>
public sealed record SummaryVersions(string Untag);

/// <summary>Something that is named and pinned.</summary>
/// <param name="Uri">A name.</param>
/// <param name="Digest">Its digest.</param>
public sealed record UriDigest(string Uri, Sha256Digest Digest);
