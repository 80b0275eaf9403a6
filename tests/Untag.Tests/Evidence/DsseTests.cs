using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Untag.Evidence.Signing;
using Untag.Tests.TransparencyLog;

namespace Untag.Tests.Evidence;

public sealed class DsseTests
{
    [Fact]
    public void The_bytes_under_a_signature_are_those_of_the_specification()
    {
        var vector = Vectors.Json("dsse", "protocol.json");
        var envelope = vector.GetProperty("envelope");
        var payload = Convert.FromBase64String(envelope.Text("payload"));
        var encoded = Dsse.PreAuthEncoding(envelope.Text("payloadType"), payload);
        Assert.Equal(vector.Text("pae"), Encoding.UTF8.GetString(encoded));
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Coordinate(vector.GetProperty("key").Text("xDecimal")), Y = Coordinate(vector.GetProperty("key").Text("yDecimal")) },
        });
        var signature = Convert.FromBase64String(envelope.GetProperty("signatures")[0].Text("sig"));
        Assert.True(key.VerifyData(encoded, signature, HashAlgorithmName.SHA256));
        signature[0] ^= 1;
        Assert.False(key.VerifyData(encoded, signature, HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")]
    public void What_is_no_key_is_refused(string pem) => Assert.Throws<FormatException>(() => EvidenceKey.Parse(pem));

    [Fact]
    public void A_key_of_another_curve_or_kind_is_refused()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        Assert.Throws<FormatException>(() => EvidenceKey.Parse(curve.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<FormatException>(() => EvidenceKey.Parse(rsa.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void A_public_key_verifies_and_does_not_sign()
    {
        using var key = EvidenceKey.New();
        using var publicKey = EvidenceKey.Parse(key.PublicPem);
        Assert.Equal(key.Fingerprint, publicKey.Fingerprint);
        Assert.True(publicKey.Verifies([1], key.Sign([1])));
        Assert.False(publicKey.Verifies([2], key.Sign([1])));
        Assert.Throws<FormatException>(() => publicKey.Sign([1]));
        using var again = EvidenceKey.Parse(key.PrivatePem());
        Assert.True(publicKey.Verifies([1], again.Sign([1])));
    }

    private static byte[] Coordinate(string number) =>
        BigInteger.Parse(number, CultureInfo.InvariantCulture).ToByteArray(isUnsigned: true, isBigEndian: true);
}
