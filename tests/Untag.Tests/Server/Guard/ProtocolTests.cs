using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Untag.Guard;
using Untag.Policy;
using Untag.Server.Guard;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Requests;

namespace Untag.Tests.Server.Guard;

/// <summary>HTTP/2 and gRPC through a guard, and what it sends to a collector.</summary>
public sealed class ProtocolTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HTTP_2_without_TLS_is_spoken_where_it_is_asked_for()
    {
        await using var service = await GuardedService.ServeAsync(
            context => GuardedService.WriteAsync(context, """{"age": 31, "ethnicity": "x"}""", "application/json"), HttpProtocols.Http1);
        await using var guarded = await GuardedService.BeforeAsync(service, protocol: GuardedService.Http2);
        using var reply = await guarded.Client.SendAsync(Http2(HttpMethod.Get, "/detect"), Ending);
        Assert.Equal((HttpVersion.Version20, """{"age": 31}"""), (reply.Version, await reply.Content.ReadAsStringAsync(Ending)));
    }

    [Fact]
    public async Task A_call_of_gRPC_without_descriptors_is_refused_by_a_status_of_gRPC()
    {
        await using var service = await GuardedService.ServeAsync(
            async context =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null, Ending); // a call that is refused is refused before it ends
                context.Response.ContentType = "application/grpc";
                context.Response.AppendTrailer("grpc-status", "0");
                await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 2, 0x08, 0x01 }, Ending);
            }, HttpProtocols.Http2);
        await using var guarded = await GuardedService.BeforeAsync(service, protocol: GuardedService.Http2);
        using var refused = await guarded.Client.SendAsync(Call([0, 0, 0, 0, 2, 0x08, 0x01]), Ending);
        Assert.Equal((HttpStatusCode.OK, "12"), (refused.StatusCode, refused.Headers.GetValues("grpc-status").Single()));
        Assert.Empty(await refused.Content.ReadAsByteArrayAsync(Ending));
        byte[] asking = [0, 0, 0, 0, 11, 0x0a, 9, .. "ethnicity"u8];
        using var asked = await guarded.Client.SendAsync(Call(asking), Ending);
        Assert.Equal("7", asked.Headers.GetValues("grpc-status").Single());
        var met = (await guarded.EndAsync()).OfType<GuardRecord.Met>().ToList();
        Assert.Equal([(GuardPlace.Reply, "no-descriptor"), (GuardPlace.Request, "tag")], met.Select(record => (record.Place, record.Reason)));
    }

    [Fact]
    public void Trailers_that_nobody_needs_do_not_pass_nor_those_that_carry_a_tag()
    {
        using var reply = new HttpResponseMessage();
        reply.TrailingHeaders.Add("grpc-status", "0");
        reply.TrailingHeaders.Add("grpc-message", "ethnicity: x");
        reply.TrailingHeaders.Add("X-Result", "x");
        ReplyHeaders.ScrubTrailers(reply, new HeaderJudge(ReplyRules.Of(TagPolicy.Default), new AskingTerms(TagPolicy.Default)));
        Assert.Equal(["grpc-status"], reply.TrailingHeaders.Select(trailer => trailer.Key));
    }

    [Fact]
    public async Task A_collector_is_told_outcomes_and_nothing_of_requests_and_replies()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await GuardedService.ServeAsync(
            async context =>
            {
                var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, Ending);
                received[context.Request.Path.Value!] = Encoding.Latin1.GetString(body.ToArray());
            }, HttpProtocols.Http1);
        await using (var guarded = await GuardedService.AnswerAsync("""{"age": 31, "ethnicity": "asian"}""", section => section with { Telemetry = collector.Urls.First() }))
            await guarded.Client.GetStringAsync("/where/jane.doe/lives", Ending);
        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("untag.guard.requests", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.All(received.Values, body => Assert.Contains("stripped", body, StringComparison.Ordinal));
        foreach (var word in new[] { "asian", "ethnicity", "jane.doe", "lives" })
            Assert.All(received.Values, body => Assert.DoesNotContain(word, body, StringComparison.OrdinalIgnoreCase));
    }

    private static HttpRequestMessage Http2(HttpMethod method, string path) =>
        new(method, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static HttpRequestMessage Call(byte[] message)
    {
        var request = Http2(HttpMethod.Post, "/vision.v1.Faces/Detect");
        request.Content = new ByteArrayContent(message);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return request;
    }
}
