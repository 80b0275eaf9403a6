using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Untag.Tests.Check;

namespace Untag.Tests.Server.Guard;

/// <summary>Certificates by which a guard is known in tests.</summary>
internal static class IssuedCertificate
{
    /// <summary>Writes a new certificate that signed itself, and its key, as <c>NAME.pem</c> and <c>NAME.key</c>.</summary>
    /// <returns>Its thumbprint.</returns>
    public static string Write(ProductFolder files, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        files.Write(name + ".key", key.ExportPkcs8PrivateKeyPem());
        files.Write(name + ".pem", certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }
}
