using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Untag.TransparencyLog.Notes;

/// <summary>What a key says of a note.</summary>
public enum NoteVerdict
{
    /// <summary>The key signed it.</summary>
    Valid,

    /// <summary>No signature claims to be of this key.</summary>
    Absent,

    /// <summary>A signature claims to be of this key and is not.</summary>
    Forged,
}

/// <summary>The public half of a key, as C2SP signed-note writes it: <c>name+id+base64</c>.</summary>
public sealed class VerifierKey
{
    private const int TimeLength = sizeof(ulong);

    private readonly byte[] material;

    private VerifierKey(string name, NoteAlgorithm algorithm, byte[] material)
    {
        Name = name;
        Algorithm = algorithm;
        this.material = material;
        Id = IdOf(name, algorithm, material);
    }

    /// <summary>Name of the key.</summary>
    public string Name { get; }

    /// <summary>What it signs with.</summary>
    public NoteAlgorithm Algorithm { get; }

    /// <summary>The first four bytes of the hash of its name, algorithm and bytes.</summary>
    public uint Id { get; }

    /// <summary>Makes a key of its parts.</summary>
    /// <exception cref="FormatException">They are no key.</exception>
    public static VerifierKey Of(string name, NoteAlgorithm algorithm, byte[] material)
    {
        if (!SignedNote.IsKeyName(name))
            throw new FormatException("the name of a key is empty, or holds a space or a plus");
        if (!Enum.IsDefined(algorithm))
            throw new FormatException($"a verifier key of kind {(int)algorithm} cannot be used, only of kind 1, 4 and 6");
        var length = algorithm == NoteAlgorithm.PostQuantumCosignature ? PostQuantum.PublicKeyLength : Ed25519.PublicKeySize;
        return material.Length == length
            ? new VerifierKey(name, algorithm, material)
            : throw new FormatException($"a verifier key of kind {(int)algorithm} has {length} bytes, this one has {material.Length}");
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static VerifierKey Parse(string text)
    {
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || parts[1].Length != 8
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            || StrictBase64.Decode(parts[2]) is not { Length: > 1 } bytes)
            throw new FormatException("a verifier key is written name+id+base64");
        var key = Of(parts[0], (NoteAlgorithm)bytes[0], bytes[1..]);
        return key.Id == id ? key : throw new FormatException("the id of the verifier key is not that of its bytes");
    }

    /// <summary>Says whether this key signed a note.</summary>
    public NoteVerdict Check(SignedNote note) => Check(note, out _);

    /// <summary>Says whether this key signed a note, and when.</summary>
    /// <param name="note">The note.</param>
    /// <param name="time">Of a cosignature: seconds since 1970 at which the witness saw the checkpoint; null otherwise.</param>
    public NoteVerdict Check(SignedNote note, out ulong? time)
    {
        time = null;
        var verdict = NoteVerdict.Absent;
        foreach (var signature in note.Signatures)
        {
            if (signature.Name != Name || signature.KeyId != Id)
                continue;
            if (!Verifies(note.Text, signature.Bytes.ToArray(), out var signedAt))
                return NoteVerdict.Forged;
            (verdict, time) = (NoteVerdict.Valid, signedAt);
        }

        return verdict;
    }

    /// <summary>The key as it is written.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Algorithm, .. material])}";

    internal static uint IdOf(string name, NoteAlgorithm algorithm, byte[] material) => BinaryPrimitives.ReadUInt32BigEndian(
        SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)algorithm, .. material]));

    private bool Verifies(string text, byte[] signature, out ulong? time)
    {
        time = null;
        if (Algorithm == NoteAlgorithm.Ed25519)
            return IsEd25519(signature, SignedMessage.OfNote(text));
        if (signature.Length <= TimeLength)
            return false;
        var signedAt = BinaryPrimitives.ReadUInt64BigEndian(signature);
        if (signedAt > long.MaxValue)
            return false;
        time = signedAt;
        return Algorithm == NoteAlgorithm.Cosignature
            ? IsEd25519(signature[TimeLength..], SignedMessage.OfCosignature(text, signedAt))
            : PostQuantum.Verifies(Name, material, text, signedAt, signature[TimeLength..]);
    }

    private bool IsEd25519(byte[] signature, byte[] message) =>
        signature.Length == Ed25519.SignatureSize
        && Ed25519.Verify(signature, 0, material, 0, message, 0, message.Length);
}
