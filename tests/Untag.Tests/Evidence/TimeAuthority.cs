using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Untag.Tests.Evidence;

/// <summary>What a time stamp is to say.</summary>
internal sealed record Stamp(byte[] Hash, byte[]? Nonce, DateTimeOffset Time);

/// <summary>An authority of time stamps with a root of its own, which can be told to do it wrong.</summary>
internal sealed class TimeAuthority : IDisposable
{
    public const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static readonly DateTimeOffset Noon = new(SmallBundle.Day, new TimeOnly(12, 0), TimeSpan.Zero);

    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    private readonly X509Certificate2 root;
    private readonly X509Certificate2 certificate;

    /// <summary>Makes one.</summary>
    /// <param name="usages">What its certificate is for.</param>
    /// <param name="isCritical">True when a reader must understand that.</param>
    /// <param name="until">The end of its certificate.</param>
    public TimeAuthority(IReadOnlyList<string>? usages = null, bool isCritical = true, DateTimeOffset? until = null)
    {
        var (from, end) = (Noon.AddYears(-5), Noon.AddYears(20));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Root of time", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        root = rootRequest.CreateSelfSigned(from, end);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of time", key, HashAlgorithmName.SHA256);
        if (usages is not [])
        {
            var oids = new OidCollection();
            foreach (var usage in usages ?? [TimeStamping])
                oids.Add(new Oid(usage));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, isCritical));
        }

        using var signed = request.Create(root, from, until ?? end, [1, 2, 3]);
        certificate = signed.CopyWithPrivateKey(key);
    }

    public X509Certificate2Collection Roots => [root];

    public string RootPem => root.ExportCertificatePem() + "\n";

    public string CertificatePem => certificate.ExportCertificatePem() + "\n";

    public string KeyPem()
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>The answer to a request.</summary>
    public byte[] Answer(byte[] request, Func<Stamp, Stamp>? alter = null)
    {
        Assert.True(Rfc3161TimestampRequest.TryDecode(request, out var asked, out var length) && length == request.Length);
        Assert.True(asked.RequestSignerCertificate);
        Assert.Equal(Sha256, asked.HashAlgorithmId.Value);
        var stamp = new Stamp(asked.GetMessageHash().ToArray(), asked.GetNonce()?.ToArray(), Noon);
        return Response(0, Token(alter is null ? stamp : alter(stamp)));
    }

    /// <summary>An answer with a status (RFC 3161, section 2.4.2).</summary>
    public static byte[] Response(int status, byte[]? token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteInteger(status);
            if (token is not null)
                writer.WriteEncodedValue(token);
        }

        return writer.Encode();
    }

    public void Dispose()
    {
        root.Dispose();
        certificate.Dispose();
    }

    private byte[] Token(Stamp stamp)
    {
        var signed = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), Info(stamp)));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = new Oid(Sha256),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9AttributeObject("1.2.840.113549.1.9.16.2.47", CertificateDigest()));
        signed.ComputeSignature(signer);
        return signed.Encode();
    }

    // TSTInfo (RFC 3161, section 2.4.2).
    private static byte[] Info(Stamp stamp)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier("1.2.3.4");
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(Sha256);
                writer.WriteOctetString(stamp.Hash);
            }

            writer.WriteInteger(7);
            writer.WriteGeneralizedTime(stamp.Time, omitFractionalSeconds: true);
            if (stamp.Nonce is { } nonce)
                writer.WriteInteger(nonce);
        }

        return writer.Encode();
    }

    // SigningCertificateV2 (RFC 5035), with SHA-256 by default.
    private byte[] CertificateDigest()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        return writer.Encode();
    }
}
