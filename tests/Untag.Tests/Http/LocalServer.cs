#pragma warning disable RS0030 // a server of the test, on this machine
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Untag.Tests.Http;

/// <summary>A server that answers each request with bytes, whatever they are.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, byte[], byte[]?> answer;
    private readonly X509Certificate2? certificate;
    private int asked;

    /// <param name="answer">Given the first line and the body, gives what is sent; null for silence.</param>
    /// <param name="certificate">With one it speaks TLS.</param>
    public LocalServer(Func<string, byte[], byte[]?> answer, X509Certificate2? certificate = null)
    {
        this.answer = answer;
        this.certificate = certificate;
        listener.Start();
        _ = Task.Run(Serve);
    }

    /// <summary>Requests so far.</summary>
    public int Asked => asked;

    public Uri Address => new(string.Create(
        CultureInfo.InvariantCulture, $"{(certificate is null ? "http" : "https")}://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/"));

    /// <summary>An answer of HTTP/1.1.</summary>
    public static byte[] Http(string status, string body, params string[] headers) => Encoding.UTF8.GetBytes(
        string.Concat([$"HTTP/1.1 {status}\r\n", .. headers.Select(header => header + "\r\n"), $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n", body]));

    public void Dispose() => listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
                _ = Answer(await listener.AcceptTcpClientAsync());
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Answer(TcpClient client)
    {
        using var connection = client;
        try
        {
            Stream stream = client.GetStream();
            if (certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(certificate);
                stream = secure;
            }

            var head = new StringBuilder();
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                head.Append((char)await Byte(stream));
            var lines = head.ToString().Split("\r\n");
            var length = lines.Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..];
            var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body);
            Interlocked.Increment(ref asked);
            if (answer(lines[0], body) is { } bytes)
                await stream.WriteAsync(bytes);
            else
                await Byte(stream); // until the other side gives up
        }
        catch (Exception problem) when (problem is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away.
        }
    }

    private static async Task<int> Byte(Stream stream)
    {
        var one = new byte[1];
        return await stream.ReadAsync(one) == 1 ? one[0] : throw new EndOfStreamException();
    }
}
