using Untag.TransparencyLog.Notes;

namespace Untag.TransparencyLog.Witnessing;

/// <summary>What a witness says to a checkpoint.</summary>
/// <param name="Signatures">Its cosignatures, each compared with a key of it; none when it gives none.</param>
/// <param name="Refusal">Why it gives none, or none that may be used; null when it does.</param>
public sealed record WitnessAnswer(IReadOnlyList<NoteSignature> Signatures, string? Refusal)
{
    internal static WitnessAnswer Refused(string reason) => new([], reason);
}
