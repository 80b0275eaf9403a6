using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Untag.TransparencyLog.Notes;

/// <summary>ML-DSA-44 (FIPS 204), by which a witness signs what a checkpoint says.</summary>
internal static class PostQuantum
{
    public const int PublicKeyLength = 1312;
    public const int SeedLength = 32;

    /// <summary>True when the cosignature is of this key. A text that is no checkpoint cannot have one.</summary>
    public static bool Verifies(string name, byte[] publicKey, string text, ulong time, byte[] signature)
    {
        try
        {
            var message = SignedMessage.OfPostQuantumCosignature(name, Checkpoint.Parse(text), time);
            var signer = new MLDsaSigner(MLDsaParameters.ml_dsa_44, deterministic: true);
            signer.Init(forSigning: false, MLDsaPublicKeyParameters.FromEncoding(MLDsaParameters.ml_dsa_44, publicKey));
            signer.BlockUpdate(message, 0, message.Length);
            return signer.VerifySignature(signature);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    public static byte[] Sign(byte[] seed, byte[] message)
    {
        var signer = new MLDsaSigner(MLDsaParameters.ml_dsa_44, deterministic: true);
        signer.Init(forSigning: true, Private(seed));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }

    public static byte[] PublicKey(byte[] seed) => Private(seed).GetPublicKeyEncoded();

    private static MLDsaPrivateKeyParameters Private(byte[] seed) =>
        MLDsaPrivateKeyParameters.FromSeed(MLDsaParameters.ml_dsa_44, seed);
}
