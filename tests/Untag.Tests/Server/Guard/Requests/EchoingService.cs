using System.Net;
using Untag.Check;

namespace Untag.Tests.Server.Guard.Requests;

/// <summary>Sends bodies through a guard to a service that answers what has come.</summary>
internal static class EchoingService
{
    /// <summary>A guard before such a service.</summary>
    public static Task<GuardedService> StartAsync(Func<GuardSection, GuardSection>? configure = null) => GuardedService.StartAsync(
        async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await GuardedService.WriteAsync(context, $"{{\"body\":\"{Convert.ToHexString(body.ToArray())}\"}}", "application/json");
        },
        configure);

    /// <summary>Sends a body.</summary>
    /// <param name="guarded">The guard.</param>
    /// <param name="contentType">Its content type; null for none.</param>
    /// <param name="body">The body.</param>
    /// <param name="piece">Bytes that are sent at once.</param>
    /// <param name="path">Where to.</param>
    /// <param name="header">One more header; without a name none.</param>
    public static async Task<HttpResponseMessage> SendBytesAsync(
        this GuardedService guarded, string? contentType, byte[] body, int piece = int.MaxValue, string path = "/d", (string Name, string Value) header = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(guarded.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path));
        request.Content = piece == int.MaxValue ? new ByteArrayContent(body) : new StreamContent(new Replies.PiecedStream(body, piece), bufferSize: piece);
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (header.Name is not null)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await guarded.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>What came to the service.</summary>
    public static async Task<byte[]> EchoOf(HttpResponseMessage reply)
    {
        var json = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, json);
        return Convert.FromHexString(json["{\"body\":\"".Length..^"\"}".Length]);
    }
}
