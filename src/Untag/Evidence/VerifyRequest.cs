using System.Security.Cryptography.X509Certificates;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;
using Untag.Evidence.Timestamps;
using Untag.TransparencyLog.Notes;

namespace Untag.Evidence;

/// <summary>What is to be verified, against what.</summary>
public sealed record VerifyRequest
{
    /// <summary>The bytes of the bundle.</summary>
    public required ReadOnlyMemory<byte> Bundle { get; init; }

    /// <summary>The key of whom the reader trusts; null to be told which key it was.</summary>
    public EvidenceKey? Key { get; init; }

    /// <summary>The folder of the product whose digests are compared; null for none.</summary>
    public string? ProductFolder { get; init; }

    /// <summary>The bundle that the reader has seen before this one; null for none.</summary>
    public PreviousBundle? Previous { get; init; }

    /// <summary>The key of the log that the reader trusts; null to be told which key it was.</summary>
    public VerifierKey? LogKey { get; init; }

    /// <summary>Keys of witnesses whom the reader trusts.</summary>
    public IReadOnlyList<VerifierKey> Witnesses { get; init; } = [];

    /// <summary>A checkpoint of the log that the reader has seen before; null for none.</summary>
    public SignedNote? Checkpoint { get; init; }

    /// <summary>Certificates of authorities of time stamps that the reader trusts; null to be told what a time stamp says.</summary>
    public X509Certificate2Collection? TimestampRoots { get; init; }

    /// <summary>The day of the verification, in UTC.</summary>
    public required DateOnly Today { get; init; }
}

/// <summary>A bundle that was accepted: it is what was signed. Whether the claims hold is another question.</summary>
public sealed record Verification
{
    /// <summary>The files that the statement is about.</summary>
    public required IReadOnlyList<Subject> Subjects { get; init; }

    /// <summary>What is stated.</summary>
    public required ClaimsPredicate Claims { get; init; }

    /// <summary>SHA-256 of the public key that signed, in hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>True when that key is the one that the reader gave.</summary>
    public required bool KeyWasGiven { get; init; }

    /// <summary>True when the digests of a product were compared.</summary>
    public required bool ProductCompared { get; init; }

    /// <summary>True when what changed was compared with the bundle before it.</summary>
    public required bool PreviousCompared { get; init; }

    /// <summary>Documents whose digest is signed and which are not given.</summary>
    public required IReadOnlyList<string> Withheld { get; init; }

    /// <summary>What a log says of the statement; null when it is in none.</summary>
    public required LogFacts? Log { get; init; }

    /// <summary>When the signature was there, by the word of an authority; null without a time stamp.</summary>
    public required TimestampFacts? Timestamp { get; init; }

    /// <summary>What others say of the statement.</summary>
    public required IReadOnlyList<Countersignature> Countersignatures { get; init; }

    /// <summary>True when no claim fails, is insufficient or partial, and nobody disagrees.</summary>
    public bool Holds =>
        Claims.Holds && Countersignatures.All(other => other.Says.Says == CountersignWords.Agrees);
}

/// <summary>What somebody else says of a statement.</summary>
/// <param name="Says">Their words.</param>
/// <param name="Fingerprint">SHA-256 of their public key, in hexadecimal.</param>
public sealed record Countersignature(CountersignPredicate Says, string Fingerprint);

/// <summary>What a countersignature can say.</summary>
public static class CountersignWords
{
    /// <summary>An assessor who came to the same result.</summary>
    public const string Agrees = "agrees";

    /// <summary>An assessor who came to another result.</summary>
    public const string Disagrees = "disagrees";

    /// <summary>Whoever signed it, and takes it back.</summary>
    public const string Withdraws = "withdraws";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Agrees, Disagrees, Withdraws];
}
