using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Untag.Server.Guard;

/// <summary>What the service is told in the head of a request.</summary>
internal static partial class RequestHeaders
{
    /// <summary>Asks for what can be inspected: nothing packed, nothing in parts.</summary>
    /// <param name="received">The request of the client.</param>
    /// <param name="sent">The request to the service, with the headers of the client.</param>
    /// <param name="prefix">Address of the service.</param>
    public static void Prepare(HttpRequest received, HttpRequestMessage sent, string prefix)
    {
        KeepEscapedSlashes(received, sent, prefix);
        sent.Headers.Remove(HeaderNames.AcceptEncoding);
        sent.Headers.TryAddWithoutValidation(HeaderNames.AcceptEncoding, "identity");
        if (sent.Headers.Remove("grpc-accept-encoding"))
            sent.Headers.TryAddWithoutValidation("grpc-accept-encoding", "identity");
        sent.Headers.Remove(HeaderNames.IfRange);
        // A reply that the client keeps from before the guard must not be called fresh.
        sent.Headers.Remove(HeaderNames.IfNoneMatch);
        sent.Headers.Remove(HeaderNames.IfModifiedSince);
        // A signature is over the name of the host too; elsewhere the service expects its own.
        if (!Requests.SignedRequest.Is(received))
            sent.Headers.Host = null;
    }

    // An escaped slash is all that is left escaped in a path that was read; YARP would escape its percent sign. Where another percent sign was
    // escaped as well, the two look alike, and it is left to YARP.
    private static void KeepEscapedSlashes(HttpRequest received, HttpRequestMessage sent, string prefix)
    {
        var path = received.Path.Value ?? "";
        if (!path.Contains("%2F", StringComparison.OrdinalIgnoreCase)
            || received.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget.Contains("%25", StringComparison.Ordinal) != false)
            return;
        var parts = EscapedSlash().Split(path).Select(part => new PathString("/" + part).ToUriComponent()[1..]);
        sent.RequestUri = new Uri(prefix.TrimEnd('/') + string.Join("%2F", parts) + received.QueryString.ToUriComponent());
    }

    [GeneratedRegex("%2F", RegexOptions.IgnoreCase)]
    private static partial Regex EscapedSlash();
}
