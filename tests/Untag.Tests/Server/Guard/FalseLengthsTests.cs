using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Untag.Guard;

namespace Untag.Tests.Server.Guard;

/// <summary>The length that a service states is what it says, and no reason to look at less than what comes.</summary>
public sealed class FalseLengthsTests
{
    private const string Tagged = """{"face":{"race":"x7","age":3}}""";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("200 OK", "Content-Type: application/json", "Content-Length: 0")]
    [InlineData("200 OK", "Content-Type: application/json", "Content-Length: 00")]
    [InlineData("200 OK", "Content-Type: application/json", "Content-Length: 8")]
    [InlineData("500 Internal Server Error", "Content-Type: application/json", "Content-Length: 0")]
    [InlineData("200 OK", "Content-Type: image/png", "Content-Length: 0")]
    [InlineData("200 OK", "Content-Type: text/html\r\nContent-Encoding: x-y", "Content-Length: 0")]
    public async Task A_reply_that_is_longer_than_it_says_is_refused_and_has_an_entry(string status, string type, string length)
    {
        var (reply, text, records) = await AskAsync(HttpMethod.Get, $"HTTP/1.1 {status}\r\n{type}\r\n{length}\r\nTransfer-Encoding: chunked\r\n\r\n{Chunks(Tagged)}");
        Assert.Equal(HttpStatusCode.BadGateway, reply.StatusCode);
        Assert.DoesNotContain("x7", text, StringComparison.Ordinal);
        Assert.Single(records.OfType<GuardRecord.Met>());
    }

    [Fact]
    public async Task A_reply_that_says_its_length_beside_chunks_and_has_it_is_filtered()
    {
        var (reply, text, _) = await AskAsync(
            HttpMethod.Get, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Tagged.Length}\r\nTransfer-Encoding: chunked\r\n\r\n{Chunks(Tagged)}");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("""{"face":{"age":3}}""", text);
    }

    [Theory]
    [InlineData("GET", "205 Reset Content", "")]
    [InlineData("GET", "204 No Content", "")]
    [InlineData("GET", "304 Not Modified", "")]
    [InlineData("HEAD", "200 OK", "")]
    public async Task Where_there_is_no_body_by_the_protocol_none_passes(string method, string status, string expected)
    {
        var (reply, text, _) = await AskAsync(
            HttpMethod.Parse(method), $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{Chunks(Tagged)}");
        Assert.Equal(status[..3], ((int)reply.StatusCode).ToString(provider: null));
        Assert.Equal(expected, text);
    }

    [Fact]
    public async Task A_reply_that_is_empty_as_it_says_passes_whatever_its_content_type()
    {
        var (reply, text, _) = await AskAsync(HttpMethod.Get, "HTTP/1.1 200 OK\r\nContent-Type: x/y\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("", text);
    }

    private static string Chunks(string body) => $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n";

    private static async Task<(HttpResponseMessage Reply, string Text, IReadOnlyList<GuardRecord> Records)> AskAsync(HttpMethod method, string bytes)
    {
        await using var guarded = await GuardedService.BeforeAsync(await AnswersAsync(bytes));
        using var request = new HttpRequestMessage(method, "/detect");
        var reply = await guarded.Client.SendAsync(request, Ending);
        var text = await reply.Content.ReadAsStringAsync(Ending);
        return (reply, text, await guarded.EndAsync());
    }

    // A service that answers these bytes, whatever it is asked.
    private static async Task<WebApplication> AnswersAsync(string bytes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Run(async connection =>
        {
            await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
            await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(bytes), connection.ConnectionClosed);
            await connection.Transport.Output.CompleteAsync();
        })));
        var service = builder.Build();
        await service.StartAsync(Ending);
        return service;
    }
}
