namespace Untag.TransparencyLog.Notes;

/// <summary>A line of signature under a note.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">The first four bytes of a hash of the key: which one of those with this name signed.</param>
/// <param name="Bytes">The signature, in the form of the key's algorithm.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes);
