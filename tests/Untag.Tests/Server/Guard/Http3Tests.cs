using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Quic;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Untag.Check;
using Untag.Guard;
using Untag.Server;
using Untag.Tests.Check;

namespace Untag.Tests.Server.Guard;

/// <summary>HTTP/3 through a guard, where .NET finds QUIC; and what is spoken where it does not.</summary>
public sealed class Http3Tests : IDisposable
{
    private const string Clean = """{"faces": [{"age": 31, "smile": {"value": 12.5}}]}""";
    private const string Tagged = """{"faces": [{"age": 31, "ethnicity": {"value": "ASIAN"}}]}""";
    private const string Stripped = """{"faces": [{"age": 31}]}""";

    // RFC 9114, 8.1: a stream is reset by it. A number that is none of those listed there means that there was no error.
    private const long InternalError = 0x102;

    private readonly ProductFolder files = new();
    private readonly ConcurrentQueue<string> shown = new();
    private readonly HttpClient client;
    private readonly string first;

    public Http3Tests()
    {
        first = IssuedCertificate.Write(files, "guard");
        client = Client();
    }

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task HTTP_3_is_offered_beside_the_others_and_spoken()
    {
        SkipWithoutQuic();
        await using var guarded = await AnswerAsync(Tagged);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var other = await SendAsync(guarded, HttpMethod.Get, "/detect", version: version);
            Assert.Equal(version, other.Version);
            Assert.StartsWith($"h3=\":{AddressOf(guarded).Port}\"", other.Headers.GetValues("Alt-Svc").Single(), StringComparison.Ordinal);
        }

        using var reply = await SendAsync(guarded, HttpMethod.Get, "/detect");
        var text = await reply.Content.ReadAsStringAsync(Ending);
        Assert.Equal((HttpVersion.Version30, Stripped, first), (reply.Version, text, shown.Last()));
        Assert.Equal(text.Length, reply.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task On_a_port_that_the_system_chooses_HTTP_2_is_spoken_and_nothing_else_is_offered()
    {
        await using var guarded = await GuardedService.AnswerAsync(Tagged, WithTls);
        using var reply = await SendAsync(guarded, HttpMethod.Get, "/detect", version: HttpVersion.Version20);
        Assert.Equal((HttpVersion.Version20, Stripped), (reply.Version, await reply.Content.ReadAsStringAsync(Ending)));
        Assert.False(reply.Headers.Contains("Alt-Svc"));
    }

    [Fact]
    public async Task Where_else_the_service_could_be_reached_it_cannot_tell()
    {
        await using var guarded = await GuardedService.StartAsync(context =>
        {
            context.Response.Headers.AltSvc = "h3=\"service.example:443\"";
            return GuardedService.WriteAsync(context, Clean, "application/json");
        });
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        Assert.Equal(Clean, await reply.Content.ReadAsStringAsync(Ending));
        Assert.False(reply.Headers.Contains("Alt-Svc"));
    }

    [Fact]
    public async Task Where_another_program_has_the_port_of_UDP_it_says_so_and_does_not_start()
    {
        SkipWithoutQuic();
        await using var service = await GuardedService.ServeAsync(_ => Task.CompletedTask, HttpProtocols.Http1);
        using var other = new Socket(SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var error = await Assert.ThrowsAsync<ServerError>(() => GuardedService.BeforeAsync(service, WithTls, port: ((IPEndPoint)other.LocalEndPoint!).Port));
        Assert.StartsWith("the guard cannot listen: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_another_address_of_the_machine_it_takes_no_connection()
    {
        SkipWithoutQuic();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "127.0.0.2 is an address of this machine on Linux only");
        await using var guarded = await AnswerAsync(Tagged);
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(AddressOf(guarded)) { Host = "127.0.0.2" }.Uri)
        {
            Version = HttpVersion.Version30,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, Ending));
        Assert.Empty(shown);
    }

    [Fact]
    public async Task Where_there_is_no_QUIC_HTTP_2_is_spoken_and_nothing_else_is_offered()
    {
        Assert.SkipWhen(QuicListener.IsSupported, "there is QUIC here");
        await using var guarded = await AnswerAsync(Tagged);
        using var reply = await SendAsync(guarded, HttpMethod.Get, "/detect", version: HttpVersion.Version20);
        Assert.Equal((HttpVersion.Version20, Stripped), (reply.Version, await reply.Content.ReadAsStringAsync(Ending)));
        Assert.False(reply.Headers.Contains("Alt-Svc"));
    }

    [Fact]
    public async Task A_reply_without_a_tag_passes_byte_for_byte_and_a_header_with_one_does_not()
    {
        SkipWithoutQuic();
        await using var guarded = await AnswerAsync(context =>
        {
            context.Response.Headers["X-ETHNICITY"] = "asian";
            context.Response.Headers["x-result"] = "dominant_race=asian";
            context.Response.Headers["X-Request"] = "7";
            return GuardedService.WriteAsync(context, Clean, "application/json");
        });
        using var reply = await SendAsync(guarded, HttpMethod.Get, "/detect");
        Assert.Equal(Clean, await reply.Content.ReadAsStringAsync(Ending));
        Assert.Equal(["7"], reply.Headers.GetValues("X-Request"));
        foreach (var name in new[] { "X-Ethnicity", "X-Result" })
            Assert.False(reply.Headers.Contains(name), name);
    }

    [Fact]
    public async Task Trailers_that_nobody_needs_do_not_pass_nor_those_that_carry_a_tag()
    {
        SkipWithoutQuic();
        await using var service = await GuardedService.ServeAsync(
            async context =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(Clean, Ending);
                context.Response.AppendTrailer("grpc-status", "0");
                context.Response.AppendTrailer("grpc-message", "ethnicity: x");
                context.Response.AppendTrailer("X-RACE", "asian");
            }, HttpProtocols.Http2);
        await using var guarded = await BeforeAsync(service);
        using var call = Call();
        using var reply = await SendAsync(guarded, HttpMethod.Post, "/detect", call);
        Assert.Equal(Clean, await reply.Content.ReadAsStringAsync(Ending));
        Assert.Equal(["grpc-status"], reply.TrailingHeaders.Select(trailer => trailer.Key));
    }

    [Fact]
    public async Task A_request_for_a_trait_is_refused_wherever_it_asks()
    {
        SkipWithoutQuic();
        await using var guarded = await AnswerAsync(Tagged);
        using var query = await SendAsync(guarded, HttpMethod.Get, "/detect?return_attributes=ethnicity");
        (await GuardTests.ExpectProblem(query, 403, "tag")).Dispose();
        using var asking = new StringContent("""{"attributes": ["race"]}""", Encoding.UTF8, "application/json");
        using var body = await SendAsync(guarded, HttpMethod.Post, "/detect", asking);
        (await GuardTests.ExpectProblem(body, 403, "tag")).Dispose();
        using var part = await SendAsync(guarded, HttpMethod.Get, "/detect", change: request => request.Headers.Range = new RangeHeaderValue(0, 10));
        (await GuardTests.ExpectProblem(part, 416, "range")).Dispose();
        Assert.Equal(3, (await guarded.EndAsync()).OfType<GuardRecord.Met>().Count(met => met.Place == GuardPlace.Request));
    }

    [Fact]
    public async Task A_large_reply_is_filtered_while_it_comes()
    {
        SkipWithoutQuic();
        var faces = string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $$"""{"age": {{i % 90}}, "race": "asian"}"""));
        await using var guarded = await AnswerAsync($$"""{"faces": [{{faces}}]}""");
        using var reply = await SendAsync(guarded, HttpMethod.Get, "/detect");
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Ending));
        var left = json.RootElement.GetProperty("faces").EnumerateArray().ToList();
        Assert.Equal(20_000, left.Count);
        Assert.All(left, face => Assert.Equal(["age"], face.EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task A_reply_that_turns_out_to_be_damaged_is_seen_to_be_cut_and_other_requests_of_the_connection_go_on()
    {
        SkipWithoutQuic();
        await using var guarded = await AnswerAsync(context => context.Request.Path == "/damaged"
            ? GuardedService.WriteAsync(context, "{\"faces\": [" + string.Concat(Enumerable.Repeat("{\"age\": 31}, ", 100_000)) + "}", "application/json")
            : GuardedService.WriteAsync(context, Tagged, "application/json"));
        using var damaged = await SendAsync(guarded, HttpMethod.Get, "/damaged");
        Assert.Equal(HttpStatusCode.OK, damaged.StatusCode);
        var cut = await Assert.ThrowsAsync<HttpRequestException>(() => damaged.Content.ReadAsStringAsync(Ending));
        Assert.Equal(InternalError, Assert.IsType<HttpProtocolException>(cut.InnerException).ErrorCode);
        using var other = await SendAsync(guarded, HttpMethod.Get, "/detect");
        Assert.Equal(Stripped, await other.Content.ReadAsStringAsync(Ending));
        Assert.Single(shown); // one connection
        Assert.Contains(await guarded.EndAsync(), record => record is GuardRecord.Met { Outcome: GuardOutcome.Uninspectable, Reason: "malformed" });
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_request_and_the_log_adds_up()
    {
        SkipWithoutQuic();
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var guarded = await AnswerAsync(async context =>
        {
            context.RequestAborted.Register(() => gone.TrySetResult());
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[", Ending);
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync("""{"age": 31}, """, Ending);
        });
        using (var reply = await SendAsync(guarded, HttpMethod.Get, "/detect"))
        {
            await using var body = await reply.Content.ReadAsStreamAsync(Ending);
            Assert.NotEqual(-1, body.ReadByte());
        }

        await gone.Task.WaitAsync(Ending);
        var records = await guarded.EndAsync();
        Assert.Equal(1, GuardTests.TotalsOf(records, GuardOutcome.Failed));
        Assert.IsType<GuardRecord.Stopped>(records[^1]);
    }

    [Fact]
    public async Task A_call_of_gRPC_without_descriptors_is_refused_by_a_status_of_gRPC()
    {
        SkipWithoutQuic();
        await using var service = await GuardedService.ServeAsync(
            async context =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null, Ending);
                context.Response.ContentType = "application/grpc";
                context.Response.AppendTrailer("grpc-status", "0");
                await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 2, 0x08, 0x01 }, Ending);
            }, HttpProtocols.Http2);
        await using var guarded = await BeforeAsync(service);
        using var call = Call();
        using var refused = await SendAsync(guarded, HttpMethod.Post, "/vision.v1.Faces/Detect", call);
        Assert.Equal((HttpStatusCode.OK, "12"), (refused.StatusCode, refused.Headers.GetValues("grpc-status").Single()));
        Assert.Empty(await refused.Content.ReadAsByteArrayAsync(Ending));
    }

    [Fact]
    public async Task Of_many_requests_at_the_same_time_each_gets_its_own_reply_and_all_are_counted()
    {
        SkipWithoutQuic();
        await using var guarded = await AnswerAsync(context => GuardedService.WriteAsync(
            context, $$"""{"path": "{{context.Request.Path}}", "race": "asian"}""", "application/json"));
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
        {
            using var reply = await SendAsync(guarded, HttpMethod.Get, $"/{i}");
            Assert.Equal($$"""{"path": "/{{i}}"}""", await reply.Content.ReadAsStringAsync(Ending));
        }));
        Assert.Equal(300, GuardTests.TotalsOf(await guarded.EndAsync(), GuardOutcome.Stripped));
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_to_those_who_connect_after_it()
    {
        SkipWithoutQuic();
        await using var guarded = await AnswerAsync(Tagged);
        using (var reply = await SendAsync(guarded, HttpMethod.Get, "/detect"))
            Assert.Equal(first, shown.Last());
        var second = IssuedCertificate.Write(files, "guard");
        while (true)
        {
            using var another = Client();
            using var reply = await SendAsync(guarded, HttpMethod.Get, "/detect", from: another);
            Assert.Equal((HttpVersion.Version30, Stripped), (reply.Version, await reply.Content.ReadAsStringAsync(Ending)));
            if (shown.Last() == second)
                break;
            await Task.Delay(100, Ending);
        }

        // Who is connected stays so.
        using var old = await SendAsync(guarded, HttpMethod.Get, "/detect");
        Assert.Equal(Stripped, await old.Content.ReadAsStringAsync(Ending));
    }

    private static void SkipWithoutQuic() => Assert.SkipUnless(QuicListener.IsSupported, "there is no QUIC here: .NET finds no library msquic");

    private static ByteArrayContent Call() =>
        new([0, 0, 0, 0, 2, 0x08, 0x01]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };

    private static Uri AddressOf(GuardedService guarded) => new(guarded.Guard.Addresses.First());

    private Task<GuardedService> AnswerAsync(string json) => AnswerAsync(context => GuardedService.WriteAsync(context, json, "application/json"));

    private async Task<GuardedService> AnswerAsync(RequestDelegate answer) => await BeforeAsync(await GuardedService.ServeAsync(answer, HttpProtocols.Http1));

    // A port of UDP and TCP must be named. Another program may take the one that was free a moment before.
    private async Task<GuardedService> BeforeAsync(WebApplication service)
    {
        while (true)
        {
            using var free = new Socket(SocketType.Dgram, ProtocolType.Udp);
            free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var port = ((IPEndPoint)free.LocalEndPoint!).Port;
            free.Dispose();
            try
            {
                return await GuardedService.BeforeAsync(service, WithTls, port: port);
            }
            catch (ServerError)
            {
                // It was taken.
            }
        }
    }

    private GuardSection WithTls(GuardSection section) => section with { Tls = new GuardCertificate(files.At("guard.pem"), files.At("guard.key")) };

    private async Task<HttpResponseMessage> SendAsync(
        GuardedService guarded, HttpMethod method, string path, HttpContent? body = null, Version? version = null, Action<HttpRequestMessage>? change = null,
        HttpClient? from = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(AddressOf(guarded), path))
        {
            Version = version ?? HttpVersion.Version30,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        change?.Invoke(request);
        return await (from ?? client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ending);
    }

    private HttpClient Client() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                var thumbprint = ((X509Certificate2)certificate!).Thumbprint;
                shown.Enqueue(thumbprint);
                return thumbprint.Length > 0; // it signed itself: which one it is, is what the tests ask
            },
        },
    });
}
