using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Untag.Check;

namespace Untag.Server.Guard.Admin;

/// <summary>Asks a guard of this machine on its admin address, with what its product file says: <see cref="AdminHost"/> answers.
/// </summary>
internal sealed class AdminClient : IDisposable
{
    private readonly HttpClient client;
    private readonly string address;
    private readonly GuardCertificate? tls;
    private bool hasShownAnother; // the certificate is not that of the guard

    private AdminClient(GuardAdmin admin, GuardCertificate? tls, string folder, string? certificate)
    {
        this.tls = tls;
        address = admin.Listen;
        var listen = ListenAddress.Parse(admin.Listen);
        if (listen.Port == 0)
            throw new ServerError("the port of the admin address cannot be known", "name one in place of 0, such as 127.0.0.1:9901");
        if (admin.Clients is not null && certificate is null)
            throw new ServerError("the admin address asks for a certificate", "name a PEM file with one and its key: --certificate health.pem");
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        client = new HttpClient(handler)
        {
            BaseAddress = new UriBuilder(tls is null ? "http" : "https", listen.LocalHost, listen.Port).Uri,
            MaxResponseContentBufferSize = 4096,
            Timeout = Timeout.InfiniteTimeSpan, // who asks says how long
        };
        if (tls is not null)
            handler.SslOptions = Pinned(ReadLeaf(tls.Certificate, folder), certificate);
        if (admin.Token is { } named)
            client.DefaultRequestHeaders.Authorization = new("Bearer", ReadToken(named, folder));
    }

    /// <summary>A client of the guard of a product.</summary>
    /// <param name="product">The product.</param>
    /// <param name="certificate">Path of the certificate and the key of a client, in one PEM file; null for none.</param>
    /// <exception cref="ServerError">It cannot be asked.</exception>
    public static AdminClient Of(ProductFile product, string? certificate) => product.Guard is { Admin: { } admin } section
        ? new AdminClient(admin, section.Tls, product.Folder, certificate)
        : throw new ServerError(
            "the guard tells nothing of itself: it has no `admin` address",
            "write `admin: {listen: 127.0.0.1:9901}` under `guard` in untag.yaml, and start it anew");

    /// <summary>Asks whether the guard is ready.</summary>
    /// <returns>Null when it is; what it says when it is not.</returns>
    /// <exception cref="ServerError">It did not say.</exception>
    public async Task<string?> WhyNotReadyAsync(TimeSpan timeout)
    {
        var (status, text) = await AskAsync(timeout);
        return status switch
        {
            HttpStatusCode.OK when text == "ready" => null,
            HttpStatusCode.ServiceUnavailable => text,
            HttpStatusCode.Unauthorized => throw new ServerError(
                "the guard does not take this token", "name the one that it was started with as `token` under `admin`"),
            _ => throw new ServerError(
                string.Create(CultureInfo.InvariantCulture, $"what answers on `{address}` is no guard: it said {(int)status}"), "is another program there?"),
        };
    }

    public void Dispose() => client.Dispose();

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(TimeSpan timeout)
    {
        using var late = new CancellationTokenSource(timeout);
        try
        {
            using var reply = await client.GetAsync("/health/ready", late.Token);
            return (reply.StatusCode, Encoding.UTF8.GetString(await reply.Content.ReadAsByteArrayAsync(late.Token)).Trim());
        }
        catch (OperationCanceledException)
        {
            throw new ServerError(
                string.Create(CultureInfo.InvariantCulture, $"nothing was said on `{address}` within {timeout.TotalSeconds} s"), "--timeout waits longer");
        }
        catch (HttpRequestException) when (hasShownAnother)
        {
            throw new ServerError(
                $"what listens on `{address}` shows another certificate than `{tls!.Certificate}`", "is another program there, or was the guard not able to use a new one?");
        }
        catch (HttpRequestException problem)
        {
            var why = problem.InnerException?.Message ?? problem.Message;
            throw problem.HttpRequestError == HttpRequestError.ConnectionError
                ? new ServerError($"nothing listens on `{address}`: {why}", "is the guard running, with this product file?")
                : new ServerError($"the guard cannot be asked on `{address}`: {why}", "are `tls`, and `clients` under `admin`, those that it was started with?");
        }
    }

    // Its name is that by which clients know the guard, and here it is asked as 127.0.0.1: what counts is that it is the same certificate.
    private SslClientAuthenticationOptions Pinned(byte[] leaf, string? certificate) => new()
    {
        ClientCertificateContext = certificate is null ? null : ReadOwn(certificate),
        RemoteCertificateValidationCallback = (_, shown, _, _) =>
        {
            hasShownAnother = shown is null || !shown.GetRawCertData().AsSpan().SequenceEqual(leaf);
            return !hasShownAnother;
        },
    };

    private static byte[] ReadLeaf(string named, string folder)
    {
        try
        {
            using var leaf = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, named)));
            return leaf.RawData;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ServerError($"the certificate `{named}` cannot be used: {PemCertificate.InWords(problem)}", "name its PEM file as `certificate` under `tls`");
        }
    }

    private static SslStreamCertificateContext ReadOwn(string path)
    {
        try
        {
            return PemCertificate.Read(path, path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ServerError(
                $"the certificate `{Path.GetFileName(path)}` cannot be used: {PemCertificate.InWords(problem)}", "name a PEM file that holds both it and its private key");
        }
    }

    private static string ReadToken(string named, string folder)
    {
        var token = Secret.Read(named, folder, "token").Trim();
        return token.All(letter => letter is >= ' ' and <= '~')
            ? token
            : throw new ServerError($"the token `{named}` cannot be sent", "make one of letters and digits");
    }
}
