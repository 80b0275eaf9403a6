namespace Untag.TransparencyLog.Notes;

/// <summary>What a signature under a note is: the numbers of C2SP signed-note.</summary>
public enum NoteAlgorithm
{
    /// <summary>Ed25519 over the text.</summary>
    Ed25519 = 0x01,

    /// <summary>A witness's Ed25519 over the time and the text of a checkpoint (C2SP tlog-cosignature).</summary>
    Cosignature = 0x04,

    /// <summary>A witness's ML-DSA-44 over its name, the time and what a checkpoint says (C2SP tlog-cosignature).</summary>
    PostQuantumCosignature = 0x06,
}
