using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Untag.Guard;
using Untag.Server.Guard.Gate;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Requests;
using Untag.Server.Guard.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Untag.Server.Guard;

/// <summary>Takes every request of a client.</summary>
/// <remarks>
/// <list type="number">
/// <item>it has a number; while the log cannot be written, it is not answered;</item>
/// <item>its head and body are looked through (<see cref="RequestInspector"/>);</item>
/// <item>it is forwarded, and the reply filtered on its way back (<see cref="ReplyTransformer"/>);</item>
/// <item>what became of it is counted. What cannot be told any more, because bytes were released, ends the connection.</item>
/// </list>
/// </remarks>
internal sealed class GuardEndpoint(
    GuardSetup setup, RulesInForce inForce, Ledger ledger, LogGate gate, Admission admission, GuardMeter meter,
    IHttpForwarder forwarder, HttpMessageInvoker service)
{
    private static readonly Problem LogShut = new(
        StatusCodes.Status503ServiceUnavailable, "log", "the log of the guard cannot be written, and nothing is answered until it can", []);

    private static readonly Problem Busy = new(
        StatusCodes.Status429TooManyRequests, "busy", "the guard works on as many requests as it may: try again", []);

    private readonly ForwarderRequestConfig config = new()
    {
        ActivityTimeout = setup.Section.Limits.IdleMax,
        AllowResponseBuffering = false,
    };

    /// <summary>Takes a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var begun = Stopwatch.GetTimestamp();
        var rules = inForce.Current;
        var activity = meter.Begin(context.Request);
        using var request = new GuardedRequest(ledger, gate, rules, rules.RouteOf(context.Request.Path.Value ?? ""));
        using var place = admission.Enter();
        try
        {
            if (place is null)
                await Busy.WriteAsync(context, request.Number);
            else if (!gate.IsOpen && request.Route.Mode != ReplyMode.Observe)
                await LogShut.WriteAsync(context, request.Number);
            else if (await LookAsync(context, request) is { } asked && !await IsOnlyObservedAsync(request, asked))
                await RefuseAsync(context, request, asked);
            else
                await ForwardAsync(context, request);
        }
        catch (LogShutException)
        {
            await AnswerOrAbortAsync(context, request, LogShut);
        }
        catch (BadHttpRequestException problem)
        {
            await AnswerOrAbortAsync(context, request, new Problem(problem.StatusCode, "request", "the request is not whole", []));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        finally
        {
            meter.End(activity, request.Outcome, context.Response.StatusCode, Stopwatch.GetElapsedTime(begun));
        }
    }

    private async Task<Asked?> LookAsync(HttpContext context, GuardedRequest request)
    {
        var inspector = request.Rules.Inspector;
        if (inspector.LookAtHead(context.Request) is { } asked)
            return asked;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return null;
        var bytesMax = setup.Section.Limits.RequestBytesMax;
        if (!RequestInspector.ReadsBody(context.Request)
            && (RequestInspector.IsGrpc(context.Request) || !await BegunBody.IsJsonAsync(context.Request, bytesMax, context.RequestAborted)))
            return null;
        if (await RequestBody.ReadAsync(context.Request, bytesMax, context.RequestAborted) is not { } body)
            return Asked.Uninspectable(StatusCodes.Status413PayloadTooLarge, "limit", $"the request is larger than {bytesMax} bytes");
        RequestBody.Replace(context.Request, body);
        return request.Route.IsPush
            ? await PushedBody.FilterAsync(context, request, body)
            : await inspector.LookAtBodyAsync(context.Request, body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    // Where nothing is enforced a request is passed on whatever it asks for, and the log says what was seen.
    private static async ValueTask<bool> IsOnlyObservedAsync(GuardedRequest request, Asked asked)
    {
        if (request.Route.Mode != ReplyMode.Observe || asked.Rules.Count == 0)
            return false;
        await request.StripAsync(GuardPlace.Request, asked.Rules.ToDictionary(rule => rule, _ => 1L));
        return true;
    }

    private static async Task RefuseAsync(HttpContext context, GuardedRequest request, Asked asked)
    {
        await request.RefuseAsync(GuardPlace.Request, asked.Reason, asked.Rules);
        await AnswerOrAbortAsync(context, request, new Problem(asked.Status, asked.Reason, asked.Words, asked.Rules));
    }

    private async Task ForwardAsync(HttpContext context, GuardedRequest request)
    {
        using var transformer = new ReplyTransformer(request);
        var isGrpc = RequestInspector.IsGrpc(context.Request);
        var messages = isGrpc && request.Route.Mode != ReplyMode.Observe
            ? request.Rules.Inspector.LookAtMessages(context.Request, setup.Section.Limits.RequestBytesMax)
            : null;
        if (messages is not null)
            context.Request.Body = messages;
        // YARP resets a stream by a number of HTTP/2, which in HTTP/3 means that there was no error (RFC 9114, 8.1).
        if (HttpProtocol.IsHttp3(context.Request.Protocol))
            context.Features.Set<IHttpResetFeature>(null);
        var error = await forwarder.SendAsync(context, setup.Upstream, service, isGrpc ? Grpc(config) : config, transformer);
        await transformer.Filtered;
        if (messages?.Asked is { } asked)
            await RefuseAsync(context, request, asked);
        else if (transformer.Refusal is { } refusal)
            await RefuseReplyAsync(context, request, refusal);
        else if (transformer.IsLogShut)
            await AnswerOrAbortAsync(context, request, LogShut);
        else if (error == ForwarderError.None)
            request.Complete();
        else if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            await new Problem(context.Response.StatusCode, "upstream", "the service gave no whole answer", []).WriteAsync(context, request.Number);
    }

    // gRPC is HTTP/2 and nothing else, without TLS too.
    private static ForwarderRequestConfig Grpc(ForwarderRequestConfig config) =>
        config with { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static async Task RefuseReplyAsync(HttpContext context, GuardedRequest request, Refusal refusal)
    {
        await request.RefuseAsync(GuardPlace.Reply, Reasons.Word(refusal.Reason), refusal.Rules);
        await AnswerOrAbortAsync(context, request, new Problem(Reasons.StatusOf(refusal.Reason), Reasons.Word(refusal.Reason), refusal.Words, refusal.Rules));
    }

    private static async Task AnswerOrAbortAsync(HttpContext context, GuardedRequest request, Problem problem)
    {
        if (context.Response.HasStarted)
            context.Abort();
        else
            await problem.WriteAsync(context, request.Number);
    }
}
