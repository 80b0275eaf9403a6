using System.Globalization;
using System.Security.Cryptography;

namespace Untag.Evidence.Signing;

/// <summary>A key that signs evidence, or the public half of one: ECDSA on the curve P-256 with SHA-256, the kind that Sigstore
/// and every browser knows.</summary>
public sealed class EvidenceKey : IDisposable
{
    private const string CurveOid = "1.2.840.10045.3.1.7";

    // Before the key in its file, where RFC 7468 (section 2) lets a text stand, which other tools pass over.
    private const string EndMark = "valid-until:";

    private readonly ECDsa key;

    private EvidenceKey(ECDsa key, DateOnly? validUntil)
    {
        this.key = key;
        ValidUntil = validUntil;
        var publicKey = key.ExportSubjectPublicKeyInfo();
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(publicKey));
        PublicPem = PemEncoding.WriteString("PUBLIC KEY", publicKey) + "\n";
    }

    /// <summary>SHA-256 of the public key in DER, in lower-case hexadecimal.</summary>
    public string Fingerprint { get; }

    /// <summary>The public key as PEM, with a line end.</summary>
    public string PublicPem { get; }

    /// <summary>The last day on which it signs, as whoever published it wrote above it; null for no end.</summary>
    public DateOnly? ValidUntil { get; }

    /// <summary>Makes a new key.</summary>
    /// <param name="validUntil">The last day on which it signs; null for no end.</param>
    public static EvidenceKey New(DateOnly? validUntil = null) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), validUntil);

    /// <summary>Reads a key, private or public, with its last day when a line above it says <c>valid-until: 2027-12-31</c>.</summary>
    /// <exception cref="FormatException">It is none that can be used; the message says why and repeats nothing of it.</exception>
    public static EvidenceKey Parse(string pem)
    {
        var validUntil = EndOf(pem);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == CurveOid)
                return new EvidenceKey(key, validUntil);
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

    /// <summary>The public key with its last day above it: as it is published.</summary>
    public string PublishedPem() => Head() + PublicPem;

    /// <summary>The private key as PEM (PKCS #8), with its last day and a line end: for a file that nobody else may read.</summary>
    public string PrivatePem() => $"{Head()}{PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8PrivateKey())}\n";

    /// <summary>Signs; in DER. The same message has the same signature.</summary>
    /// <exception cref="FormatException">It is only the public half.</exception>
    public byte[] Sign(byte[] message)
    {
        try
        {
            return RepeatableSignature.Of(key.ExportParameters(includePrivateParameters: true).D!, message);
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

    private string Head() => ValidUntil is { } day ? $"{EndMark} {day:yyyy-MM-dd}\n" : "";

    private static DateOnly? EndOf(string pem)
    {
        foreach (var line in pem.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("-----", StringComparison.Ordinal))
                return null;
            if (!line.StartsWith(EndMark, StringComparison.Ordinal))
                continue;
            return DateOnly.TryParseExact(line[EndMark.Length..].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw new FormatException($"its line `{EndMark}` holds no day such as 2027-12-31");
        }

        return null;
    }
}
