using System.Text.Json.Serialization;

namespace Untag.Evidence.Statements;

/// <summary>An in-toto Statement v1.</summary>
/// <param name="Type">Always <see cref="StatementType.Statement"/>.</param>
/// <param name="Subject">What the statement is about.</param>
/// <param name="PredicateType">What kind of thing is stated.</param>
/// <param name="Predicate">What is stated.</param>
public sealed record Statement<T>(
    [property: JsonPropertyName("_type")] string Type, IReadOnlyList<Subject> Subject, string PredicateType, T Predicate);

/// <summary>A file that a statement is about.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Digest">Its digest.</param>
public sealed record Subject(string Name, Sha256Digest Digest);

/// <summary>A digest, in the form of in-toto.</summary>
/// <param name="Sha256">SHA-256 in lower-case hexadecimal.</param>
public sealed record Sha256Digest(string Sha256);

/// <summary>Names of kinds of statements. They are names, and no addresses where anything must lie.</summary>
public static class StatementType
{
    /// <summary>An in-toto Statement v1.</summary>
    public const string Statement = "https://in-toto.io/Statement/v1";

    /// <summary>What <c>untag check</c> found about the five claims.</summary>
    public const string Claims = "urn:untag:attestation:no-ethnic-tag:v1";

    /// <summary>in-toto's Simple Verification Result, for policy engines that know nothing of Untag.</summary>
    public const string Result = "https://in-toto.io/attestation/svr/v0.2";

    /// <summary>SLSA's Verification Summary Attestation, for the same.</summary>
    public const string Summary = "https://slsa.dev/verification_summary/v1";

    /// <summary>What somebody else says of a statement.</summary>
    public const string Countersignature = "urn:untag:attestation:countersignature:v1";
}
