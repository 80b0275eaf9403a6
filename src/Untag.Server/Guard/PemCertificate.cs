using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Untag.Check;

namespace Untag.Server.Guard;

/// <summary>A certificate in PEM files. Files that change are read anew; when that fails the old certificate stays.</summary>
internal sealed partial class PemCertificate
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly string certificatePath;
    private readonly string keyPath;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private SslStreamCertificateContext context;
    private (DateTime, DateTime) written;
    private long lookedAt;

    private PemCertificate(string certificatePath, string keyPath, TimeProvider clock, ILogger logger)
    {
        this.certificatePath = certificatePath;
        this.keyPath = keyPath;
        this.clock = clock;
        this.logger = logger;
        written = Written();
        context = Read(certificatePath, keyPath);
        lookedAt = clock.GetTimestamp();
    }

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="ServerError">It cannot be used.</exception>
    public static PemCertificate Open(GuardCertificate named, string folder, TimeProvider clock, ILogger logger)
    {
        try
        {
            return new PemCertificate(Path.Combine(folder, named.Certificate), Path.Combine(folder, named.Key), clock, logger);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ServerError($"the certificate `{named.Certificate}` cannot be used: {InWords(problem)}", "name its PEM file as `certificate`, and that of its private key as `key`");
        }
    }

    /// <summary>The certificate with those that sign it, as it is now.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (gate)
        {
            if (clock.GetElapsedTime(lookedAt) < Look)
                return context;
            lookedAt = clock.GetTimestamp();
            try
            {
                var now = Written();
                if (now == written)
                    return context;
                context = Read(certificatePath, keyPath);
                written = now;
                TellRenewed(logger);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
            {
                TellKept(logger, InWords(problem));
            }

            return context;
        }
    }

    /// <summary>Reads a certificate with those that sign it.</summary>
    /// <exception cref="CryptographicException">It is none, or the key is that of another.</exception>
    public static SslStreamCertificateContext Read(string certificatePath, string keyPath)
    {
        using var leaf = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificatePath);
        // TLS on some platforms takes no key that lives in memory only.
        var held = X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(held, chain, offline: true);
    }

    /// <summary>Why a certificate cannot be used.</summary>
    public static string InWords(Exception problem) =>
        problem is CryptographicException ? "it is damaged, or the key is that of another" : FileProblem.InWords(problem);

    private (DateTime, DateTime) Written() => (File.GetLastWriteTimeUtc(certificatePath), File.GetLastWriteTimeUtc(keyPath));

    [LoggerMessage(10, LogLevel.Information, "the certificate was read anew")]
    private static partial void TellRenewed(ILogger logger);

    [LoggerMessage(11, LogLevel.Error, "the old certificate stays, because the new one cannot be used: {Reason}")]
    private static partial void TellKept(ILogger logger, string reason);
}
