using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Untag.Evidence.Timestamps;

/// <summary>Checks a time stamp offline.</summary>
/// <remarks>
/// <list type="number">
/// <item>it is one, and of this signature;</item>
/// <item>it answers the request that this signature gives;</item>
/// <item>its certificate may sign time stamps and nothing else (RFC 3161, section 2.3), and was valid at the time;</item>
/// <item>it is signed by that certificate, which it names by its digest (RFC 5816);</item>
/// <item>the certificate led to a root of the reader at that time. Whether it was revoked is not asked: that needs a network.</item>
/// </list>
/// </remarks>
internal static class TimestampCheck
{
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";
    private const int SignedDataVersion = 3; // of what is no plain data
    private const string TimeStampingOid = "1.3.6.1.5.5.7.3.8";

    /// <summary>What a time stamp says of a signature.</summary>
    /// <param name="token">The time stamp, in DER.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="roots">Certificates of authorities that the reader trusts; null for none.</param>
    /// <exception cref="VerifyException">It is not accepted.</exception>
    public static TimestampFacts Read(ReadOnlyMemory<byte> token, byte[] signature, X509Certificate2Collection? roots)
    {
        try
        {
            return Checked(token, signature, roots);
        }
        catch (Exception problem) when (problem is CryptographicException or AsnContentException)
        {
            throw new VerifyException(VerifyFailure.BadTimestamp, "a part of it is no part of one");
        }
    }

    private static TimestampFacts Checked(ReadOnlyMemory<byte> token, byte[] signature, X509Certificate2Collection? roots)
    {
        var signed = new SignedCms();
        signed.Decode(token.Span);
        if (!Rfc3161TimestampTokenInfo.TryDecode(signed.ContentInfo.Content, out var info, out _))
            throw new VerifyException(VerifyFailure.BadTimestamp, "it is none");
        var digest = SHA256.HashData(signature);
        if (info.HashAlgorithmId.Value != Sha256Oid || !info.GetMessageHash().Span.SequenceEqual(digest))
            throw new VerifyException(VerifyFailure.TimestampOfOther);
        if (info.GetNonce() is not { } nonce || !nonce.Span.SequenceEqual(Timestamping.NonceFor(signature)))
            throw new VerifyException(VerifyFailure.OtherNonce);
        if (signed.SignerInfos is not [{ Certificate: { } certificate }])
            throw new VerifyException(VerifyFailure.BadTimestamp, "it does not carry the certificate of one authority");
        CompareHead(token, signed.SignerInfos[0]);
        CompareCertificate(certificate, info.Timestamp);
        if (!Rfc3161TimestampToken.TryDecode(token, out var stamp, out var length) || length != token.Length
            || !stamp.VerifySignatureForHash(digest, HashAlgorithmName.SHA256, out _))
            throw new VerifyException(VerifyFailure.BadTimestamp, "its signature is not of its certificate");
        if (roots is not null && !LeadsToRoot(certificate, signed.Certificates, roots, info.Timestamp))
            throw new VerifyException(VerifyFailure.TimestampNotTrusted, $"it is of {certificate.Subject}");
        return new TimestampFacts(info.Timestamp.ToUniversalTime(), certificate.Subject, roots is not null);
    }

    // What stands before the signed content and before the signature (RFC 5652, sections 5.1 and 5.3) is under no signature and has
    // one right value: so a changed byte is a change here too.
    private static void CompareHead(ReadOnlyMemory<byte> token, SignerInfo signer)
    {
        var content = new AsnReader(token, AsnEncodingRules.BER).ReadSequence();
        content.ReadObjectIdentifier();
        var signed = content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        var version = signed.ReadInteger();
        var algorithms = signed.ReadSetOf();
        var algorithm = algorithms.ReadSequence();
        var name = algorithm.ReadObjectIdentifier();
        if (algorithm.HasData)
            algorithm.ReadNull();
        var signerVersion = signer.SignerIdentifier.Type == SubjectIdentifierType.IssuerAndSerialNumber ? 1 : 3;
        if (version != SignedDataVersion || signer.Version != signerVersion || name != signer.DigestAlgorithm.Value
            || algorithm.HasData || algorithms.HasData)
            throw new VerifyException(VerifyFailure.BadTimestamp, "its head is not that of what is signed");
    }

    private static void CompareCertificate(X509Certificate2 certificate, DateTimeOffset time)
    {
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
        if (usages is not [{ Critical: true, EnhancedKeyUsages: [{ Value: TimeStampingOid }] }])
            throw new VerifyException(VerifyFailure.NoTimestampAuthority, $"{certificate.Subject}");
        if (time < certificate.NotBefore || time > certificate.NotAfter)
        {
            throw new VerifyException(
                VerifyFailure.TimestampAuthorityEnded,
                $"it says {time.UtcDateTime:yyyy-MM-dd}, and the certificate is of {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        }
    }

    private static bool LeadsToRoot(
        X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection roots, DateTimeOffset time)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.LocalDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStampingOid));
        return chain.Build(certificate);
    }
}
