using System.Text.Json;
using Untag.Evidence.Statements;
using Untag.Evidence.Timestamps;

namespace Untag.Evidence;

/// <summary>Writes what was verified as JSON, <c>untag/verification/1</c>.</summary>
public static class VerificationReport
{
    /// <summary>Writes the document in UTF-8, with a line end after the last brace.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Verification verification, Stream output)
    {
        var document = new VerificationDocument(
            VerificationDocument.SchemaName, verification.Holds, $"sha256:{verification.Fingerprint}", verification.KeyWasGiven,
            verification.Log is { Witnesses.Count: > 0 } log ? string.Join(", ", log.Witnesses) : "self-asserted", verification.Log,
            verification.Timestamp,
            verification.ProductCompared, verification.PreviousCompared, verification.Withheld,
            [.. verification.Countersignatures.Select(other => new CountersignaturePart($"sha256:{other.Fingerprint}", other.Says))],
            verification.Subjects, verification.Claims);
        JsonSerializer.Serialize(output, document, EvidenceJson.Readable.VerificationDocument);
        output.WriteByte((byte)'\n');
    }
}

internal sealed record VerificationDocument(
    string Schema, bool Holds, string SignedBy, bool KeyWasGiven, string Witness, LogFacts? Log, TimestampFacts? Timestamp, bool ProductCompared, bool PreviousCompared,
    IReadOnlyList<string> Withheld, IReadOnlyList<CountersignaturePart> Countersignatures, IReadOnlyList<Subject> Subjects,
    ClaimsPredicate Statement)
{
    public const string SchemaName = "untag/verification/1";
}

internal sealed record CountersignaturePart(string SignedBy, CountersignPredicate Statement);
