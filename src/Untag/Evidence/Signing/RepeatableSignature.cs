using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace Untag.Evidence.Signing;

/// <summary>Signatures of ECDSA on the curve P-256 with SHA-256 whose secret number follows from the key and the message (RFC 6979): who
/// signs the same again gets the same bytes. The framework draws that number by chance.</summary>
internal static class RepeatableSignature
{
    private static readonly ECDomainParameters Curve = P256();

    /// <summary>Signs; in DER.</summary>
    /// <param name="secret">The private number of the key.</param>
    /// <param name="message">What is signed.</param>
    public static byte[] Of(byte[] secret, byte[] message)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, new ECPrivateKeyParameters(new BigInteger(1, secret), Curve));
        var numbers = signer.GenerateSignature(SHA256.HashData(message));
        return StandardDsaEncoding.Instance.Encode(Curve.N, numbers[0], numbers[1]);
    }

    // SEC 2, section 2.4.2. The tables of named curves would bring all the others into the program.
    private static ECDomainParameters P256()
    {
        var (order, cofactor) = (Number("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"), BigInteger.One);
        var curve = new FpCurve(
            Number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
            Number("ffffffff00000001000000000000000000000000fffffffffffffffffffffffc"),
            Number("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
            order,
            cofactor);
        var start = curve.CreatePoint(
            Number("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
            Number("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
        return new ECDomainParameters(curve, start, order, cofactor);
    }

    private static BigInteger Number(string hexadecimal) => new(hexadecimal, 16);
}
