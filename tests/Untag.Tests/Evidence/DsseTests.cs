using System.Formats.Asn1;
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

    // RFC 6979, appendix A.2.5.
    [Theory]
    [InlineData("sample", "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")]
    [InlineData("test", "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083")]
    public void A_signature_is_the_one_that_the_key_and_the_message_give(string message, string numbers)
    {
        using var framework = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Convert.FromHexString("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"),
        });
        using var key = EvidenceKey.Parse(framework.ExportPkcs8PrivateKeyPem());
        var signature = new AsnReader(key.Sign(Encoding.UTF8.GetBytes(message)), AsnEncodingRules.DER).ReadSequence();
        Assert.Equal(numbers, Hexadecimal(signature.ReadInteger()) + Hexadecimal(signature.ReadInteger()));

        static string Hexadecimal(BigInteger number) => Convert.ToHexStringLower(number.ToByteArray(isUnsigned: true, isBigEndian: true)).PadLeft(64, '0');
    }

    // Property: the framework, which signs in another way, verifies each of them.
    [Fact]
    public void The_framework_verifies_every_signature()
    {
        for (var i = 0; i < 50; i++)
        {
            using var key = EvidenceKey.New();
            var message = RandomNumberGenerator.GetBytes(i);
            Assert.Equal(key.Sign(message), key.Sign(message));
            Assert.True(key.Verifies(message, key.Sign(message)));
        }
    }

    private static byte[] Coordinate(string number) =>
        BigInteger.Parse(number, CultureInfo.InvariantCulture).ToByteArray(isUnsigned: true, isBigEndian: true);
}
