using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Untag.Server.Guard.Replies;

namespace Untag.Server.Guard;

/// <summary>What the head of a reply says, and what of it passes.</summary>
internal static class ReplyHeaders
{
    private const string InferenceHeader = "Inference-Header-Content-Length";

    // They state the length or a digest of a body that the filter may change, or offer parts of it.
    private static readonly string[] Dropped =
    [
        HeaderNames.ContentLength, HeaderNames.ETag, HeaderNames.AcceptRanges, HeaderNames.ContentMD5, HeaderNames.ContentEncoding,
        HeaderNames.LastModified, HeaderNames.Trailer, "Digest", "Content-Digest", "Repr-Digest", InferenceHeader,
    ];

    // The only trailers that a client of gRPC needs.
    private static readonly string[] PassedTrailers = ["grpc-status", "grpc-message"];

    /// <summary>Refuses replies that are a part of something, or another protocol.</summary>
    /// <exception cref="ReplyRefusedException">It is one.</exception>
    public static void RefuseParts(HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
            throw Refusal.Uninspectable(RefusalReason.MediaType, "the service wants to speak another protocol");
        if (response.StatusCode == HttpStatusCode.PartialContent || response.Content.Headers.ContentRange is not null)
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply is a part of something, and cannot be inspected");
    }

    /// <summary>What the filter is told of a reply.</summary>
    /// <exception cref="ReplyRefusedException">The contract declares no such reply, or the head is damaged.</exception>
    public static ReplyHead HeadOf(HttpContext context, HttpResponseMessage response, GuardedRequest request)
    {
        var asked = context.Request;
        var path = asked.Path.Value ?? "";
        var types = response.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentType, out var values) ? values.ToList() : [];
        if (types.Count > 1)
            throw Refusal.Uninspectable(RefusalReason.MediaType, "the reply names its content type twice");
        var type = ContentType.Of(types.SingleOrDefault());
        return new ReplyHead
        {
            MediaType = type.MediaType,
            Charset = type.Charset,
            Boundary = type.Boundary,
            ContentEncodings = Encodings(response),
            Mode = request.Route.Mode,
            Contract = request.Rules.Contract is { } contract
                ? contract.Of(asked.Method, path, (int)response.StatusCode) ?? throw Refusal.Uninspectable(RefusalReason.MediaType, "the contract declares no such reply")
                : null,
            Grpc = request.Route.Descriptors?.ReplyOf(path),
            Tensors = request.Route.Tensors,
            OpaqueParts = request.Route.OpaqueParts,
            InferenceHeaderBytes = InferenceHeaderBytes(response),
            // It is told before the first byte is released, while headers can still be set.
            TellInferenceHeaderBytes = bytes => context.Response.Headers[InferenceHeader] = bytes.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Takes out what does not hold for a filtered body, and headers that carry a tag.</summary>
    /// <returns>How many carried one.</returns>
    public static int Scrub(HttpResponse response, HeaderJudge judge)
    {
        foreach (var name in Dropped)
            response.Headers.Remove(name);
        if (response.HttpContext.Features.Get<IHttpResponseFeature>() is { } feature)
            feature.ReasonPhrase = null; // free text of the service
        List<string>? tagged = null; // as good as never
        foreach (var (name, values) in response.Headers)
        {
            if (judge.IsTag(name, values))
                (tagged ??= []).Add(name);
        }

        foreach (var name in tagged ?? [])
            response.Headers.Remove(name);
        return tagged?.Count ?? 0;
    }

    /// <summary>Takes out trailers that nobody needs, and those that carry a tag.</summary>
    public static void ScrubTrailers(HttpResponseMessage response, HeaderJudge judge)
    {
        foreach (var (name, values) in response.TrailingHeaders.ToList())
        {
            if (!PassedTrailers.Contains(name, StringComparer.OrdinalIgnoreCase) || judge.IsTag(name, values.ToArray()))
                response.TrailingHeaders.Remove(name);
        }
    }

    private static List<string> Encodings(HttpResponseMessage response)
    {
        var read = new List<string>();
        if (!response.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentEncoding, out var values))
            return read;
        foreach (var value in values)
            read.AddRange(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return read;
    }

    private static int? InferenceHeaderBytes(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues(InferenceHeader, out var values)
            && !response.Content.Headers.NonValidated.TryGetValues(InferenceHeader, out values))
            return null;
        return values.Count == 1 && int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply states the length of its tensors' header in a way that cannot be read");
    }
}
