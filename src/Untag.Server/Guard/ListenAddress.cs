using System.Globalization;
using System.Net;

namespace Untag.Server.Guard;

/// <summary>An address to listen on.</summary>
/// <param name="Host">An IP address, <c>localhost</c>, or <c>*</c> for every address of the machine.</param>
/// <param name="Port">The port; 0 for one that is free.</param>
/// <param name="IsHttp2">True when HTTP/2 is spoken there without TLS, as clients of gRPC do.</param>
internal sealed record ListenAddress(string Host, int Port, bool IsHttp2 = false)
{
    private const string Http2 = "h2c:";

    /// <summary>True when only programs of this machine reach it.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The host by which a program of this machine reaches it.</summary>
    public string LocalHost => Host switch
    {
        "*" or "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        _ => Host,
    };

    /// <summary>Reads <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c> or <c>*:8080</c>; <c>h2c:127.0.0.1:8081</c> for HTTP/2
    /// without TLS.</summary>
    /// <exception cref="ServerError">It is none.</exception>
    public static ListenAddress Parse(string text)
    {
        if (text.StartsWith(Http2, StringComparison.Ordinal))
            return Parse(text[Http2.Length..]) with { IsHttp2 = true };
        var colon = text.LastIndexOf(':');
        if (colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            && HostOf(text[..colon]) is { } host)
            return new ListenAddress(host, port);
        throw new ServerError($"`{text}` is no address to listen on", "write an IP address and a port, such as `127.0.0.1:8080`");
    }

    private static string? HostOf(string text)
    {
        if (text is "*" or "localhost")
            return text;
        var isBracketed = text.StartsWith('[') && text.EndsWith(']');
        var bare = isBracketed ? text[1..^1] : text;
        return IPAddress.TryParse(bare, out var address) && bare.Contains(':', StringComparison.Ordinal) == isBracketed ? address.ToString() : null;
    }
}
