using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.InteropServices;
using Untag.Guard;
using Untag.Server.Guard.Gate;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Requests;
using Yarp.ReverseProxy.Forwarder;

namespace Untag.Server.Guard;

/// <summary>What YARP asks about one request: it changes what is asked of the service, and puts the filter in place of the body of the
/// reply. YARP keeps the copying, the time-outs and the trailers.</summary>
/// <remarks>
/// <list type="number">
/// <item>a small reply is filtered whole before anything of it is released: it can still be refused, and has one entry in the log;</item>
/// <item>a larger one is filtered while it comes. It is refused until its first byte is released, and cut off afterwards.</item>
/// </list>
/// </remarks>
internal sealed class ReplyTransformer(GuardedRequest request) : HttpTransformer, IDisposable
{
    private const int WholeBytesMax = 64 << 10;

    private static readonly PipeOptions Backpressure = new(pauseWriterThreshold: 64 << 10, resumeWriterThreshold: 32 << 10, useSynchronizationContext: false);

    private ReleasedStream? released;
    private byte[]? room; // rented, for a whole reply

    /// <summary>Why the reply was refused; null when it was not.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>True when the log did not take an entry that the reply waited for.</summary>
    public bool IsLogShut { get; private set; }

    /// <summary>Ends when the filter does.</summary>
    public Task Filtered => released?.Filtered ?? Task.CompletedTask;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        RequestHeaders.Prepare(httpContext.Request, proxyRequest, destinationPrefix);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
            return false;
        try
        {
            ReplyHeaders.RefuseParts(proxyResponse);
            var isShown = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            var dropped = ReplyHeaders.Scrub(httpContext.Response, request.Rules.Headers);
            if (dropped > 0)
                await request.StripAsync(GuardPlace.Reply, new Dictionary<string, long> { [AskedRules.Field] = dropped });
            if (MayHaveBody(httpContext, proxyResponse))
                await FilterAsync(httpContext, proxyResponse, cancellationToken);
            else
                proxyResponse.Content = new FilteredContent(Stream.Null, proxyResponse.Content);
            return isShown;
        }
        catch (ReplyRefusedException refused)
        {
            Refusal = refused.Refusal;
            return false;
        }
        catch (LogShutException)
        {
            IsLogShut = true;
            return false;
        }
    }

    public override ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        ReplyHeaders.ScrubTrailers(proxyResponse, request.Rules.Headers);
        return base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
    }

    /// <summary>Lets the reply go, when YARP did not, and the room that it had.</summary>
    public void Dispose()
    {
        released?.Dispose();
        if (room is not null)
            ArrayPool<byte>.Shared.Return(room);
        room = null;
    }

    private static bool MayHaveBody(HttpContext context, HttpResponseMessage response) =>
        !HttpMethods.IsHead(context.Request.Method)
        && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified or HttpStatusCode.ResetContent);

    private async Task FilterAsync(HttpContext context, HttpResponseMessage response, CancellationToken cancellation)
    {
        var head = ReplyHeaders.HeadOf(context, response, request);
        if (response.Content.Headers.ContentLength is { } length and <= WholeBytesMax)
            await FilterWholeAsync(head, context, response, (int)length, cancellation);
        else
            await FilterStreamAsync(head, response, cancellation);
    }

    private async Task FilterWholeAsync(ReplyHead head, HttpContext context, HttpResponseMessage response, int length, CancellationToken cancellation)
    {
        room = ArrayPool<byte>.Shared.Rent(length + 1);
        var whole = room.AsMemory(0, length);
        await using (var reply = await response.Content.ReadAsStreamAsync(cancellation))
        {
            await reply.ReadExactlyAsync(whole, cancellation);
            // A length beside chunks, or over HTTP/2, is no more than what the service says.
            if (await reply.ReadAsync(room.AsMemory(length, 1), cancellation) > 0)
                throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply is longer than it says");
        }

        if (length == 0)
        {
            response.Content = new FilteredContent(Stream.Null, response.Content);
            return;
        }

        Dictionary<string, long>? met = null;
        var filtered = await request.Rules.Filter.FilterAsync(head, whole, Collect, cancellation);
        if (met is not null)
            await request.StripAsync(GuardPlace.Reply, met);
        context.Response.ContentLength = filtered.Length;
        response.Content = new FilteredContent(StreamOf(filtered), response.Content);

        ValueTask Collect(Strip strip, CancellationToken _)
        {
            Add(met ??= new Dictionary<string, long>(StringComparer.Ordinal), strip);
            return ValueTask.CompletedTask;
        }
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> filtered) => MemoryMarshal.TryGetArray(filtered, out var bytes)
        ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : new MemoryStream(filtered.ToArray(), writable: false);

    private async Task FilterStreamAsync(ReplyHead head, HttpResponseMessage response, CancellationToken cancellation)
    {
        var pipe = new Pipe(Backpressure);
        var reply = await response.Content.ReadAsStreamAsync(cancellation);
        released = new ReleasedStream(pipe.Reader, token => RunAsync(head, reply, pipe.Writer, token), cancellation);
        response.Content = new FilteredContent(released, response.Content);
        await released.FirstByteAsync(cancellation);
    }

    private async Task RunAsync(ReplyHead head, Stream reply, PipeWriter writer, CancellationToken cancellation)
    {
        // YARP lets go of the stream that it reads, which is the one behind the filter. This one is the connection to the service.
        await using var letGo = reply;
        try
        {
            await request.Rules.Filter.CopyAsync(head, reply, writer.AsStream(leaveOpen: true), Met, cancellation);
            await writer.CompleteAsync();
        }
        catch (ReplyRefusedException refused)
        {
            Refusal = refused.Refusal;
            await writer.CompleteAsync(refused);
        }
        catch (LogShutException shut)
        {
            IsLogShut = true;
            await writer.CompleteAsync(shut);
        }
        catch (Exception problem) // whatever it is: what comes behind it must not pass, and whoever copies is told
        {
            await writer.CompleteAsync(problem);
        }

        async ValueTask Met(Strip strip, CancellationToken _)
        {
            var met = new Dictionary<string, long>(StringComparer.Ordinal);
            Add(met, strip);
            await request.StripAsync(GuardPlace.Reply, met);
        }
    }

    private static void Add(Dictionary<string, long> met, Strip strip)
    {
        foreach (var rule in strip.Rules)
            met[rule] = met.GetValueOrDefault(rule) + strip.Count;
    }
}
