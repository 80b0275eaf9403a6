using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Untag.Check;
using Untag.Guard;
using Untag.Policy;
using Untag.Server.Guard;
using Untag.Tests.Check;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.Server.Guard;

/// <summary>A service, a guard before it, and a client of the guard.</summary>
internal sealed class GuardedService : IAsyncDisposable
{
    /// <summary>HTTP/2 without TLS.</summary>
    public const string Http2 = "h2c:";

    private readonly WebApplication service;
    private readonly ProductFolder folder;
    private GuardHost? guard;

    private GuardedService(WebApplication service, ProductFolder folder, GuardHost guard, Uri address)
    {
        this.service = service;
        this.folder = folder;
        this.guard = guard;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1 }) { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public GuardHost Guard => guard!;

    public string LogFolder => folder.At(GuardSection.StandardLog);

    /// <summary>Sends a request: without a content type, one without a body.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string contentType, string body)
    {
        using var request = new HttpRequestMessage(contentType.Length == 0 ? HttpMethod.Get : HttpMethod.Post, path);
        if (contentType.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a request as it is written, which no client would write so.</summary>
    /// <returns>The answer, to the end of the connection.</returns>
    public async Task<string> TalkAsync(string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A guard before a service.</summary>
    /// <param name="answer">What the service answers.</param>
    /// <param name="configure">What the guard is told beside the addresses.</param>
    public static async Task<GuardedService> StartAsync(RequestDelegate answer, Func<GuardSection, GuardSection>? configure = null)
    {
        var service = await ServeAsync(answer, HttpProtocols.Http1);
        return await BeforeAsync(service, configure);
    }

    /// <summary>A guard before a service that is there already.</summary>
    /// <param name="service">The service.</param>
    /// <param name="configure">What the guard is told beside the addresses.</param>
    /// <param name="root">The folder of the product, when it is not to be one of its own.</param>
    /// <param name="protocol">What stands before the address that the guard listens on.</param>
    /// <param name="port">The port of it; 0 for one that is free.</param>
    public static async Task<GuardedService> BeforeAsync(
        WebApplication service, Func<GuardSection, GuardSection>? configure = null, string? root = null, string protocol = "", int port = 0)
    {
        var folder = new ProductFolder();
        var setup = Setup(root ?? folder.Root, service.Urls.First(), configure) with { Listen = [ListenAddress.Parse($"{protocol}127.0.0.1:{port}")] };
        var guard = await GuardHost.StartAsync(setup, TimeProvider.System);
        return new GuardedService(service, folder, guard, new Uri(guard.Addresses.First()));
    }

    /// <summary>A guard before a service that always answers one JSON text.</summary>
    public static Task<GuardedService> AnswerAsync(string json, Func<GuardSection, GuardSection>? configure = null) =>
        StartAsync(context => WriteAsync(context, json, "application/json"), configure);

    /// <summary>Answers a text.</summary>
    public static Task WriteAsync(HttpContext context, string text, string contentType)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, 0, bytes.Length);
    }

    /// <summary>A service of its own.</summary>
    public static async Task<WebApplication> ServeAsync(RequestDelegate answer, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
        });
        var service = builder.Build();
        service.Run(answer);
        await service.StartAsync();
        return service;
    }

    /// <summary>What a guard is told.</summary>
    public static GuardSetup Setup(string folder, string upstream, Func<GuardSection, GuardSection>? configure = null) => new()
    {
        Words = new GuardWords(),
        Listen = [new ListenAddress("127.0.0.1", 0)],
        Upstream = upstream,
        Folder = folder,
        ProductFile = null,
        Product = "acme-face",
        Section = (configure ?? (section => section))(new GuardSection()),
        Policy = TagPolicy.Default,
    };

    /// <summary>Ends the guard.</summary>
    /// <returns>What its log says.</returns>
    public async Task<IReadOnlyList<GuardRecord>> EndAsync()
    {
        if (guard is not null)
            await guard.DisposeAsync();
        guard = null;
        return RecordsOf(LogFolder);
    }

    /// <summary>What a log says.</summary>
    public static IReadOnlyList<GuardRecord> RecordsOf(string logFolder) =>
        [.. TiledLog.Open(logFolder).Entries().Select(entry => GuardEntries.Read(LogEntry.Parse(entry)!)!)];

    /// <summary>The product that the guard is of.</summary>
    public ProductFile Product(Func<GuardSection, GuardSection>? configure = null) =>
        ProductFile.Without(folder.Root) with { Guard = (configure ?? (section => section))(new GuardSection()) };

    /// <summary>The folder of the product.</summary>
    public ProductFolder Folder => folder;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (guard is not null)
            await guard.DisposeAsync();
        await service.DisposeAsync();
        folder.Dispose();
    }
}
