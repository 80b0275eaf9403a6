using System.Net;
using System.Net.Quic;
using System.Net.Security;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Untag.Check;

namespace Untag.Server.Guard;

/// <summary>Sets up where a server of HTTP listens, and how.</summary>
internal static class Listeners
{
    /// <summary>Opens the addresses of a guard.</summary>
    /// <param name="options">The server.</param>
    /// <param name="addresses">The addresses.</param>
    /// <param name="limits">Bounds on connections.</param>
    /// <param name="certificate">The certificate by which it is known; null for plain HTTP.</param>
    public static void Open(KestrelServerOptions options, IReadOnlyList<ListenAddress> addresses, GuardLimits limits, PemCertificate? certificate)
    {
        options.AddServerHeader = false;
        options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1; // as headers are read from the service
        options.Limits.MaxRequestBodySize = null; // bodies are bounded where they are read; a picture that is passed on is not held
        options.Limits.MaxConcurrentConnections = limits.ConnectionsMax;
        options.Limits.Http2.MaxStreamsPerConnection = 100;
        var rate = new MinDataRate(limits.BytesPerSecondMin, TimeSpan.FromSeconds(5));
        options.Limits.MinRequestBodyDataRate = rate;
        options.Limits.MinResponseDataRate = rate;
        foreach (var address in addresses)
            Open(options, address, listen => Secure(listen, address, certificate));
    }

    /// <summary>Opens an address.</summary>
    public static void Open(KestrelServerOptions options, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.Host == "*")
            options.ListenAnyIP(address.Port, configure);
        else if (address.Host == "localhost")
            options.ListenLocalhost(address.Port, configure);
        else
            options.Listen(IPAddress.Parse(address.Host), address.Port, configure);
    }

    private static void Secure(ListenOptions listen, ListenAddress address, PemCertificate? certificate)
    {
        if (certificate is null)
        {
            // Without TLS nothing is agreed on: HTTP/2 is spoken where it is asked for, as clients of gRPC expect.
            listen.Protocols = address.IsHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
            return;
        }

        // HTTP/3 has a port of UDP, which must have the number of the one of TCP: one that is free in both cannot be asked for.
        listen.Protocols = QuicListener.IsSupported && address.Port != 0 ? HttpProtocols.Http1AndHttp2AndHttp3 : HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current() }),
        });
    }
}
