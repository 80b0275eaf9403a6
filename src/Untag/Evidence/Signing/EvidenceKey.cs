using System.Security.Cryptography;

namespace Untag.Evidence.Signing;

/// <summary>A key that signs evidence, or the public half of one: ECDSA on the curve P-256 with SHA-256, the kind that Sigstore
/// and every browser knows.</summary>
public sealed class EvidenceKey : IDisposable
{
    private const string CurveOid = "1.2.840.10045.3.1.7";

    private readonly ECDsa key;

    private EvidenceKey(ECDsa key)
    {
        this.key = key;
        var publicKey = key.ExportSubjectPublicKeyInfo();
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(publicKey));
        PublicPem = PemEncoding.WriteString("PUBLIC KEY", publicKey) + "\n";
    }

    /// <summary>SHA-256 of the public key in DER, in lower-case hexadecimal.</summary>
    public string Fingerprint { get; }

    /// <summary>The public key as PEM, with a line end.</summary>
    public string PublicPem { get; }

    /// <summary>Makes a new key.</summary>
    public static EvidenceKey New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key, private or public.</summary>
    /// <exception cref="FormatException">It is none that can be used; the message says why and repeats nothing of it.</exception>
    public static EvidenceKey Parse(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == CurveOid)
                return new EvidenceKey(key);
        }
        catch (ArgumentException)
        {
            key.Dispose();
            throw new FormatException("it holds no key in PEM that is not encrypted");
        }
        catch (CryptographicException)
        {
        }

        key.Dispose();
        throw new FormatException("it is not a key of ECDSA on the curve P-256");
    }

    /// <summary>The private key as PEM (PKCS #8), with a line end: for a file that nobody else may read.</summary>
    public string PrivatePem() => PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8PrivateKey()) + "\n";

    /// <summary>Signs; in DER.</summary>
    /// <exception cref="FormatException">It is only the public half.</exception>
    public byte[] Sign(byte[] message)
    {
        try
        {
            return key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            throw new FormatException("it holds only the public half of a key, which cannot sign");
        }
    }

    /// <summary>True when a signature in DER is of this key.</summary>
    public bool Verifies(byte[] message, byte[] signature)
    {
        try
        {
            return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
