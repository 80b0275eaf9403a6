using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Untag.Check;

namespace Untag.Server.Guard.Admin;

/// <summary>Tells of a guard, on an address of its own, to those who bring a token or a certificate.</summary>
internal sealed class AdminHost : IAsyncDisposable
{
    private const string Bearer = "Bearer ";

    private readonly WebApplication app;

    private AdminHost(WebApplication app) => this.app = app;

    /// <summary>The address.</summary>
    public string Address => app.Urls.First();

    /// <summary>Starts it.</summary>
    /// <exception cref="ServerError">It cannot start, or anybody could reach it.</exception>
    public static async Task<AdminHost> StartAsync(GuardSetup setup, GuardAdmin admin, AdminPages pages, TimeProvider clock, ILogger logger)
    {
        var address = ListenAddress.Parse(admin.Listen);
        var token = admin.Token is { } named ? ReadToken(named, setup.Folder) : null;
        if (token is null && admin.Clients is null && !address.IsLoopback)
            throw new ServerError("anybody could reach the admin address", "listen on 127.0.0.1, or name a `token`, or the authority of the certificates of `clients`");
        if ((token is not null || admin.Clients is not null) && !address.IsLoopback && setup.Section.Tls is null)
            throw new ServerError("the admin address is reached without TLS", "name a certificate and its key under `tls`");
        if (admin.Clients is not null && setup.Section.Tls is null)
            throw new ServerError("certificates of clients need TLS", "name a certificate and its key under `tls`");
        var certificate = setup.Section.Tls is { } tls ? PemCertificate.Open(tls, setup.Folder, clock, logger) : null;
        var authority = admin.Clients is { } path ? ReadAuthority(Path.Combine(setup.Folder, path)) : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 0;
            options.Limits.MaxConcurrentConnections = 100;
            Listeners.Open(options, address, listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Tls(certificate, authority)) });
            });
        });
        var app = builder.Build();
        app.Run(context => IsKnown(context.Request, token) ? pages.AnswerAsync(context) : RefuseAsync(context));
        try
        {
            await app.StartAsync();
        }
        catch (IOException)
        {
            await app.DisposeAsync();
            throw new ServerError($"the guard cannot listen on `{admin.Listen}`", "is another program there? name another address under `admin`");
        }

        return new AdminHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static SslServerAuthenticationOptions Tls(PemCertificate certificate, X509Certificate2Collection? authority) => new()
    {
        ServerCertificateContext = certificate.Current(),
        ClientCertificateRequired = authority is not null,
        RemoteCertificateValidationCallback = authority is null ? null : (_, client, _, _) => IsSignedBy(client, authority),
    };

    private static bool IsSignedBy(X509Certificate? client, X509Certificate2Collection authority)
    {
        if (client is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2")); // of a client
        using var certificate = new X509Certificate2(client);
        return chain.Build(certificate);
    }

    private static bool IsKnown(HttpRequest request, byte[]? token)
    {
        if (token is null)
            return true;
        var given = request.Headers.Authorization.ToString();
        return given.StartsWith(Bearer, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given[Bearer.Length..])), token);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    // Of the same length whatever the token is.
    private static byte[] ReadToken(string named, string folder)
    {
        var token = Secret.Read(named, folder, "token").Trim();
        return token.Length >= 16
            ? SHA256.HashData(Encoding.UTF8.GetBytes(token))
            : throw new ServerError("the token of the admin address is too short", "make one of 16 characters or more");
    }

    private static X509Certificate2Collection ReadAuthority(string path)
    {
        try
        {
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(path);
            return authority.Count > 0 ? authority : throw new CryptographicException();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ServerError($"the certificates in `{Path.GetFileName(path)}` cannot be used", "name a PEM file with those that sign the certificates of `clients`");
        }
    }
}
