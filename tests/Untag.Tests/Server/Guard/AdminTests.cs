using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Untag.Check;
using Untag.Guard;
using Untag.Server;
using Untag.Server.Guard.Admin;
using Untag.Server.Guard.Gate;
using Untag.Tests.Check;

namespace Untag.Tests.Server.Guard;

/// <summary>What a guard tells of itself, by what certificate it is known, and how other rules come into force.</summary>
public sealed class AdminTests
{
    private const string Tagged = """{"faces": [{"age": 31, "ethnicity": {"value": "ASIAN"}}]}""";
    private const string Token = "0123456789abcdef";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_its_health_its_policy_and_what_it_counted_and_no_value_of_a_tag()
    {
        await using var guarded = await GuardedService.AnswerAsync(Tagged, section => section with { Admin = new GuardAdmin("127.0.0.1:0", null, null) });
        await guarded.Client.GetStringAsync("/detect", Ending);
        using var client = new HttpClient { BaseAddress = new Uri(guarded.Guard.AdminAddress!) };
        Assert.Equal("live\n", await client.GetStringAsync("/health/live", Ending));
        Assert.Equal("ready\n", await client.GetStringAsync("/health/ready", Ending));
        string metrics;
        // A request is counted when it has ended, which is a moment after the client has its reply.
        while (!(metrics = await client.GetStringAsync("/metrics", Ending)).Contains("untag_guard_requests_total{outcome=\"stripped\"} 1\n", StringComparison.Ordinal))
            await Task.Delay(50, Ending);
        Assert.DoesNotContain("asian", metrics, StringComparison.OrdinalIgnoreCase);
        using var policy = JsonDocument.Parse(await client.GetStringAsync("/policy", Ending));
        Assert.Equal(Untag.Policy.TagPolicy.Default.Digest, policy.RootElement.GetProperty("digest").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/detect", Ending)).StatusCode);
    }

    [Fact]
    public async Task It_is_not_ready_before_it_takes_requests()
    {
        using var folder = new ProductFolder(("untag.yaml", ""));
        using var gate = Gate.LogGateTests.Open(folder, new Ledger());
        using var listening = new CancellationTokenSource();
        var pages = new AdminPages(null!, new Ledger(), gate, null!, listening.Token);
        Assert.Equal((503, "requests are not taken yet\n"), await ReadyAsync(pages));
        await listening.CancelAsync();
        Assert.Equal((200, "ready\n"), await ReadyAsync(pages));
    }

    private static async Task<(int Status, string Text)> ReadyAsync(AdminPages pages)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("GET", "/health/ready");
        using var body = new MemoryStream();
        context.Response.Body = body;
        await pages.AnswerAsync(context);
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task Who_brings_no_token_or_a_wrong_one_is_told_nothing()
    {
        await using var guarded = await GuardedService.BeforeAsync(
            await GuardedService.ServeAsync(_ => Task.CompletedTask, Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1),
            section => section with { Admin = new GuardAdmin("127.0.0.1:0", "env:UNTAG_TEST_TOKEN", null) });
        using var client = new HttpClient { BaseAddress = new Uri(guarded.Guard.AdminAddress!) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics", Ending)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "0");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics", Ending)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics", Ending)).StatusCode);
    }

    static AdminTests() => Environment.SetEnvironmentVariable("UNTAG_TEST_TOKEN", Token);

    [Theory]
    [InlineData("*:0", null, null, "anybody could reach the admin address")]
    [InlineData("*:0", "env:UNTAG_TEST_TOKEN", null, "the admin address is reached without TLS")]
    [InlineData("127.0.0.1:0", null, "ca.pem", "certificates of clients need TLS")]
    [InlineData("127.0.0.1:0", "env:UNTAG_TEST_NONE", null, "the variable of the token `env:UNTAG_TEST_NONE` is not set")]
    public async Task An_admin_address_that_anybody_could_reach_is_not_opened(string listen, string? token, string? clients, string error)
    {
        var problem = await Assert.ThrowsAsync<ServerError>(() => GuardedService.AnswerAsync("{}", section => section with { Admin = new GuardAdmin(listen, token, clients) }));
        Assert.Equal(error, problem.Message);
    }

    [Fact]
    public async Task It_is_known_by_a_certificate_which_can_be_renewed_while_it_runs_and_speaks_HTTP_2()
    {
        using var files = new Untag.Tests.Check.ProductFolder();
        var first = IssuedCertificate.Write(files, "guard");
        await using var guarded = await GuardedService.AnswerAsync(Tagged, section => section with { Tls = new GuardCertificate(files.At("guard.pem"), files.At("guard.key")) });
        Assert.Equal((first, HttpVersion.Version20), await SeeAsync(guarded.Guard.Addresses.First()));
        files.Write("guard.pem", "damaged");
        await Task.Delay(1200, Ending); // it looks each second
        Assert.Equal(first, (await SeeAsync(guarded.Guard.Addresses.First())).Thumbprint);
        var second = IssuedCertificate.Write(files, "guard");
        while ((await SeeAsync(guarded.Guard.Addresses.First())).Thumbprint != second)
            await Task.Delay(100, Ending);
    }

    [Fact]
    public async Task Only_clients_with_a_certificate_of_the_named_authority_are_told_anything()
    {
        using var files = new Untag.Tests.Check.ProductFolder();
        IssuedCertificate.Write(files, "guard");
        using var authority = IssuedCertificate.Authority("CN=authority");
        using var other = IssuedCertificate.Authority("CN=other");
        files.Write("clients.pem", authority.ExportCertificatePem());
        await using var guarded = await GuardedService.AnswerAsync("{}", section => section with
        {
            Tls = new GuardCertificate(files.At("guard.pem"), files.At("guard.key")),
            Admin = new GuardAdmin("127.0.0.1:0", null, files.At("clients.pem")),
        });
        Assert.Equal("live\n", await LiveAsync(guarded.Guard.AdminAddress!, IssuedCertificate.Client(authority)));
        await Assert.ThrowsAsync<HttpRequestException>(() => LiveAsync(guarded.Guard.AdminAddress!, IssuedCertificate.Client(other)));
        await Assert.ThrowsAsync<HttpRequestException>(() => LiveAsync(guarded.Guard.AdminAddress!, null));
    }

    [Fact]
    public async Task Other_rules_come_into_force_while_it_runs_and_broken_ones_change_nothing()
    {
        using var folder = new Untag.Tests.Check.ProductFolder(("untag.yaml", "policy: mine.yaml\n"), ("mine.yaml", "extends: default\n"));
        await using var service = await GuardedService.ServeAsync(
            context => GuardedService.WriteAsync(context, """{"shoe_size": 42, "ethnicity": "x"}""", "application/json"), Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1);
        var setup = Untag.Server.Guard.GuardSetup.Read(
            new Untag.Server.Guard.GuardWords { Listen = ["127.0.0.1:0"], Upstream = service.Urls.First() }, folder.Root);
        string[] digests;
        await using (var guard = await Untag.Server.Guard.GuardHost.StartAsync(setup, TimeProvider.System))
        {
            using var client = new HttpClient { BaseAddress = new Uri(guard.Addresses.First()) };
            Assert.Equal("""{"shoe_size": 42}""", await client.GetStringAsync("/", Ending));
            folder.Write("mine.yaml", "extends: default\ntraits: [{trait: feet, status: forbidden, title: {en: feet}, names: {exact: {en: [shoe size]}}}]\n");
            Assert.Null(await guard.ReloadAsync());
            Assert.Equal("{}", await client.GetStringAsync("/", Ending));
            folder.Write("mine.yaml", "extends: nothing\n");
            Assert.Contains("cannot extend `nothing`", await guard.ReloadAsync(), StringComparison.Ordinal);
            Assert.Equal("{}", await client.GetStringAsync("/", Ending));
            folder.Write("mine.yaml", "as_of: 2026-11-30\n");
            Assert.Equal("the policy forbids nothing that a reply could name", await guard.ReloadAsync());
            Assert.Equal("{}", await client.GetStringAsync("/", Ending));
        }

        digests = [.. GuardedService.RecordsOf(folder.At(GuardSection.StandardLog)).OfType<GuardRecord.InForce>().Select(force => force.PolicyDigest)];
        Assert.Equal(2, digests.Distinct().Count());
        Assert.Equal(2, digests.Length);
    }

    private static async Task<(string Thumbprint, Version Version)> SeeAsync(string address)
    {
        var seen = "";
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    seen = ((X509Certificate2)certificate!).Thumbprint;
                    return seen.Length > 0; // it signed itself: which one it is, is what the test asks
                },
            },
        };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), "/detect"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        using var reply = await client.SendAsync(request, Ending);
        Assert.Equal("""{"faces": [{"age": 31}]}""", await reply.Content.ReadAsStringAsync(Ending));
        return (seen, reply.Version);
    }

    private static async Task<string> LiveAsync(string address, X509Certificate2? certificate)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
        };
        if (certificate is not null)
            handler.SslOptions.ClientCertificates = [certificate];
        using var client = new HttpClient(handler);
        return await client.GetStringAsync(new Uri(new Uri(address), "/health/live"), Ending);
    }
}
