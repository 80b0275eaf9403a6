using Microsoft.Net.Http.Headers;
using Untag.Guard;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Requests;

namespace Untag.Server.Guard;

/// <summary>What a camera pushes to the service carries tags as a reply does, and is filtered by the same filter.</summary>
internal static class PushedBody
{
    private static readonly string[] Digests = [HeaderNames.ContentMD5, "Digest", "Content-Digest", "Repr-Digest"];

    /// <summary>Puts what may pass in place of the body.</summary>
    /// <returns>Why the request is not passed on; null when it is.</returns>
    public static async Task<Asked?> FilterAsync(HttpContext context, GuardedRequest request, MemoryStream body)
    {
        if (body.Length == 0)
            return null;
        var met = new Dictionary<string, long>(StringComparer.Ordinal);
        var passed = new MemoryStream((int)body.Length);
        try
        {
            await request.Rules.Filter.CopyAsync(HeadOf(context, request), body, passed, Collect, context.RequestAborted);
        }
        catch (ReplyRefusedException refused)
        {
            var reason = refused.Refusal.Reason;
            var status = reason == RefusalReason.Tag ? StatusCodes.Status403Forbidden : StatusCodes.Status415UnsupportedMediaType;
            return new Asked(status, Reasons.Word(reason), refused.Refusal.Words, refused.Refusal.Rules);
        }

        if (met.Count > 0)
            await request.StripAsync(GuardPlace.Request, met);
        context.Request.Headers.Remove(HeaderNames.ContentEncoding); // the filter has unpacked it
        foreach (var digest in Digests)
            context.Request.Headers.Remove(digest);
        RequestBody.Replace(context.Request, passed);
        // A rule or a list is no face: it is refused when it is called after a group.
        return request.Rules.Inspector.MakesLists(context.Request)
            ? await request.Rules.Inspector.LookAtBodyAsync(context.Request, passed.GetBuffer().AsMemory(0, (int)passed.Length))
            : null;

        ValueTask Collect(Strip strip, CancellationToken _)
        {
            foreach (var rule in strip.Rules)
                met[rule] = met.GetValueOrDefault(rule) + strip.Count;
            return ValueTask.CompletedTask;
        }
    }

    private static ReplyHead HeadOf(HttpContext context, GuardedRequest request)
    {
        var type = ContentType.Of(context.Request.ContentType);
        return new ReplyHead
        {
            MediaType = type.MediaType,
            Charset = type.Charset,
            Boundary = type.Boundary,
            ContentEncodings = [.. context.Request.Headers.ContentEncoding.Select(encoding => encoding ?? "")],
            // A body under a signature cannot be changed.
            Mode = SignedRequest.Is(context.Request) && request.Route.Mode == ReplyMode.Strip ? ReplyMode.Block : request.Route.Mode,
        };
    }
}
