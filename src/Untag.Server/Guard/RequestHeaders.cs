using Microsoft.Net.Http.Headers;

namespace Untag.Server.Guard;

/// <summary>What the service is told in the head of a request.</summary>
internal static class RequestHeaders
{
    /// <summary>Asks for what can be inspected: nothing packed, nothing in parts.</summary>
    /// <param name="received">The request of the client.</param>
    /// <param name="sent">The request to the service, with the headers of the client.</param>
    public static void Prepare(HttpRequest received, HttpRequestMessage sent)
    {
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
}
