using System.Text;
using System.Text.Json;

namespace Untag.Evidence.Signing;

/// <summary>A signed statement as other tools read it: an in-toto statement in a DSSE envelope in a Sigstore bundle v0.3 with
/// a key of one's own.</summary>
/// <param name="MediaType">Always <see cref="MediaTypeName"/>.</param>
/// <param name="VerificationMaterial">Which key signed.</param>
/// <param name="DsseEnvelope">What was signed, and the signature.</param>
public sealed record SigstoreBundle(string MediaType, VerificationMaterial VerificationMaterial, DsseEnvelope DsseEnvelope)
{
    /// <summary>Name and version of the format.</summary>
    public const string MediaTypeName = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>What a payload is.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>Signs a statement.</summary>
    /// <param name="statement">The statement as JSON.</param>
    /// <param name="key">The key.</param>
    public static byte[] Sign(byte[] statement, EvidenceKey key)
    {
        var signature = new DsseSignature(Convert.ToBase64String(key.Sign(Dsse.PreAuthEncoding(PayloadType, statement))));
        var bundle = new SigstoreBundle(
            MediaTypeName,
            new VerificationMaterial(new PublicKeyHint(Convert.ToBase64String(Convert.FromHexString(key.Fingerprint))), []),
            new DsseEnvelope(Convert.ToBase64String(statement), PayloadType, [signature]));
        return JsonSerializer.SerializeToUtf8Bytes(bundle, EvidenceJson.Readable.SigstoreBundle);
    }

    /// <summary>The signature in a bundle that was opened, in DER.</summary>
    /// <exception cref="VerifyException">It is no bundle of ours.</exception>
    public static byte[] SignatureIn(ReadOnlySpan<byte> bundle) => Parse(bundle, "the statement").Signature;

    /// <summary>The statement that a key signed.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="key">The key.</param>
    /// <param name="name">What it is called in a message.</param>
    /// <exception cref="VerifyException">It is no bundle of ours, or not signed by that key.</exception>
    public static byte[] Open(ReadOnlySpan<byte> bundle, EvidenceKey key, string name)
    {
        var (read, statement, signature) = Parse(bundle, name);
        var signedBy = Decoded(read.VerificationMaterial.PublicKey.Hint);
        if (signedBy is null || Convert.ToHexStringLower(signedBy) != key.Fingerprint
            || !key.Verifies(Dsse.PreAuthEncoding(PayloadType, statement), signature))
            throw new VerifyException(VerifyFailure.BadSignature, $"`{name}`");
        return statement;
    }

    private static (SigstoreBundle Bundle, byte[] Statement, byte[] Signature) Parse(ReadOnlySpan<byte> bundle, string name)
    {
        SigstoreBundle? read = null;
        try
        {
            read = StrictJson.Read(bundle, EvidenceJson.Readable.SigstoreBundle);
        }
        catch (JsonException)
        {
        }

        if (read is not { MediaType: MediaTypeName, DsseEnvelope: { PayloadType: PayloadType, Signatures.Count: 1 } envelope }
            || !JsonSerializer.SerializeToUtf8Bytes(read, EvidenceJson.Readable.SigstoreBundle).AsSpan().SequenceEqual(bundle)
            || Decoded(envelope.Payload) is not { } statement || Decoded(envelope.Signatures[0].Sig) is not { } signature)
            throw new VerifyException(VerifyFailure.UnknownStatement, $"`{name}` is no Sigstore bundle v0.3 with one signature");
        return (read, statement, signature);
    }

    private static byte[]? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == base64
            ? bytes[..length]
            : null;
    }
}

/// <summary>Which key signed, and where that was logged: nowhere that Sigstore runs.</summary>
public sealed record VerificationMaterial(PublicKeyHint PublicKey, IReadOnlyList<string> TlogEntries);

/// <summary>The key that signed.</summary>
/// <param name="Hint">SHA-256 of the public key in DER, in base64.</param>
public sealed record PublicKeyHint(string Hint);

/// <summary>A DSSE envelope.</summary>
/// <param name="Payload">The statement in base64.</param>
/// <param name="PayloadType">What the statement is.</param>
/// <param name="Signatures">One.</param>
public sealed record DsseEnvelope(string Payload, string PayloadType, IReadOnlyList<DsseSignature> Signatures);

/// <summary>A signature.</summary>
/// <param name="Sig">In DER, in base64.</param>
public sealed record DsseSignature(string Sig);

/// <summary>The bytes that a DSSE signature goes over.</summary>
public static class Dsse
{
    /// <summary>The payload with its type, unambiguously (DSSE v1, “PAE”).</summary>
    public static byte[] PreAuthEncoding(string type, ReadOnlySpan<byte> payload)
    {
        var head = Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} ");
        return [.. head, .. payload];
    }
}
