using System.Buffers.Binary;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Untag.TransparencyLog.Notes;

/// <summary>The private half of a key. It is written <c>PRIVATE+KEY+name+id+base64</c>, as the tools around the Go checksum
/// database write it.</summary>
public sealed class SigningKey
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly byte[] seed;

    private SigningKey(string name, NoteAlgorithm algorithm, byte[] seed)
    {
        this.seed = seed;
        Verifier = VerifierKey.Of(name, algorithm, PublicKey(algorithm, seed));
    }

    /// <summary>The public half.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>Makes a new key.</summary>
    /// <exception cref="FormatException">The name is empty, or holds a space or a plus.</exception>
    public static SigningKey New(string name, NoteAlgorithm algorithm) => Of(name, algorithm, RandomNumberGenerator.GetBytes(32));

    /// <summary>Makes a key of its 32 random bytes.</summary>
    /// <exception cref="FormatException">The parts are no key.</exception>
    public static SigningKey Of(string name, NoteAlgorithm algorithm, byte[] seed) => seed.Length == PostQuantum.SeedLength
        ? new SigningKey(name, algorithm, seed)
        : throw new FormatException("a signing key is made of 32 bytes");

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">It is none. The message never repeats it.</exception>
    public static SigningKey Parse(string text)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('+', 3) : [];
        if (parts.Length != 3 || StrictBase64.Decode(parts[2]) is not { Length: > 1 } bytes)
            throw new FormatException("a signing key is written PRIVATE+KEY+name+id+base64");
        var key = Of(parts[0], (NoteAlgorithm)bytes[0], bytes[1..]);
        return $"{key.Verifier.Id:x8}" == parts[1] ? key : throw new FormatException("the id of the signing key is not that of its bytes");
    }

    /// <summary>Signs a text that ends with a line end.</summary>
    /// <exception cref="InvalidOperationException">The key is one of a witness.</exception>
    public NoteSignature Sign(string text) => Verifier.Algorithm == NoteAlgorithm.Ed25519
        ? Signature(Ed25519Of(SignedMessage.OfNote(text)))
        : throw new InvalidOperationException("a key of a witness signs checkpoints with a time");

    /// <summary>Signs a checkpoint as its witness.</summary>
    /// <param name="text">The text of the checkpoint, as the log signed it.</param>
    /// <param name="time">Seconds since 1970.</param>
    /// <exception cref="FormatException">The text is no checkpoint.</exception>
    /// <exception cref="InvalidOperationException">The key is one of a log.</exception>
    public NoteSignature Cosign(string text, ulong time)
    {
        var checkpoint = Checkpoint.Parse(text);
        var signature = Verifier.Algorithm switch
        {
            NoteAlgorithm.Cosignature => Ed25519Of(SignedMessage.OfCosignature(text, time)),
            NoteAlgorithm.PostQuantumCosignature =>
                PostQuantum.Sign(seed, SignedMessage.OfPostQuantumCosignature(Verifier.Name, checkpoint, time)),
            _ => throw new InvalidOperationException("a key of a log signs without a time"),
        };
        var timed = new byte[sizeof(ulong) + signature.Length];
        BinaryPrimitives.WriteUInt64BigEndian(timed, time);
        signature.CopyTo(timed, sizeof(ulong));
        return Signature(timed);
    }

    /// <summary>The key as it is written, for a file that nobody else may read.</summary>
    public string Secret() =>
        $"{Prefix}{Verifier.Name}+{Verifier.Id:x8}+{Convert.ToBase64String([(byte)Verifier.Algorithm, .. seed])}";

    /// <summary>The name of the key, never its secret.</summary>
    public override string ToString() => Verifier.Name;

    private static byte[] PublicKey(NoteAlgorithm algorithm, byte[] seed)
    {
        if (algorithm == NoteAlgorithm.PostQuantumCosignature)
            return PostQuantum.PublicKey(seed);
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        return key;
    }

    private byte[] Ed25519Of(byte[] message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    private NoteSignature Signature(byte[] bytes) => new(Verifier.Name, Verifier.Id, bytes);
}
