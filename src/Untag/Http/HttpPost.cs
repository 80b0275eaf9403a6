#pragma warning disable RS0030 // the one place that reaches another machine: a witness or an authority of time stamps that the user named
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Untag.Http;

/// <summary>One request over HTTP/1.1 to one machine. There are no proxies, redirects, cookies or compressed answers: what is not here
/// cannot lead elsewhere (docs/decisions/0042-a-witness-is-asked-by-a-client-of-our-own.md).</summary>
internal static class HttpPost
{
    /// <summary>Sends a body, and gives the whole answer.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="mediaType">What the body is.</param>
    /// <param name="body">The body.</param>
    /// <param name="patience">How long it may take, from the first packet to the last byte.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">There is no whole answer; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<HttpReply> Send(Uri address, string mediaType, byte[] body, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.IdnHost, address.Port, limit.Token);
            await using var stream = await Secure(client.GetStream(), address, limit.Token);
            await stream.WriteAsync(Head(address, mediaType, body.Length), limit.Token);
            await stream.WriteAsync(body, limit.Token);
            await stream.FlushAsync(limit.Token);
            return await HttpReply.Read(stream, limit.Token);
        }
        catch (SocketException problem)
        {
            throw new IOException(InWords(problem));
        }
        catch (AuthenticationException)
        {
            throw new IOException("it shows no certificate for its name that this machine trusts");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"it gives no whole answer within {patience.TotalSeconds} s"));
        }
    }

    private static async Task<Stream> Secure(Stream stream, Uri address, CancellationToken cancellation)
    {
        if (address.Scheme != Uri.UriSchemeHttps)
            return stream;
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = address.IdnHost,
                // Certificates and lists of revoked ones that are fetched would be further machines.
                CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            },
            cancellation);
        return secure;
    }

    private static byte[] Head(Uri address, string mediaType, int length) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: {mediaType}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"));

    private static string InWords(SocketException problem) => problem.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "there is no machine of its name",
        SocketError.ConnectionRefused => "nothing listens there",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "it breaks off",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.TimedOut => "it cannot be reached",
        var code => $"it cannot be reached: {code}",
    };
}
