using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Untag.Server.Guard.Admin;
using Untag.Server.Guard.Gate;
using Untag.Server.Guard.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Untag.Server.Guard;

/// <summary>Puts a guard together: the listener, the forwarder, the rules and the log.</summary>
internal sealed class GuardHost : IAsyncDisposable
{
    private readonly GuardSetup setup;
    private readonly TimeProvider clock;
    private readonly WebApplication app;
    private readonly SocketsHttpHandler handler = Handler();
    private readonly Admission admission;
    private readonly CancellationTokenSource ending = new();
    private LogGate? gate;
    private AdminHost? admin;
    private Reload? reload;
    private GuardMeter? meter;
    private Collector? collector;
    private Task watching = Task.CompletedTask;

    private GuardHost(GuardSetup setup, TimeProvider clock)
    {
        this.setup = setup;
        this.clock = clock;
        admission = new Admission(setup.Section.Limits);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = setup.Folder });
        // The framework's and YARP's own lines name paths of clients; what a guard did stands in its log. Lines about requests are not
        // even asked for: for them the framework would trace every one.
        builder.Logging.AddSimpleConsole(options => options.SingleLine = true)
            .SetMinimumLevel(LogLevel.Error).AddFilter("Untag", LogLevel.Information).AddFilter("Yarp", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // why it cannot start is told below
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.TryAddSingleton(clock);
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseQuic().ConfigureKestrel(options =>
            Listeners.Open(options, setup.Listen, setup.Section.Limits, Certificate(options.ApplicationServices)));
        app = builder.Build();
    }

    /// <summary>The addresses that it listens on.</summary>
    public IEnumerable<string> Addresses => app.Urls;

    /// <summary>The address where it tells of itself; null without one.</summary>
    public string? AdminAddress => admin?.Address;

    /// <summary>Starts a guard.</summary>
    /// <param name="setup">What it was told.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="ServerError">It cannot start.</exception>
    public static Task<GuardHost> StartAsync(GuardSetup setup, TimeProvider clock) => StartAsync(setup, clock, LogGate.LogOf);

    /// <summary>Starts a guard with a log of the caller's choice.</summary>
    internal static async Task<GuardHost> StartAsync(GuardSetup setup, TimeProvider clock, Func<GuardSetup, ILogger, IGuardLog> logOf)
    {
        var host = new GuardHost(setup, clock);
        try
        {
            await host.StartAsync(logOf);
            return host;
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            await host.DisposeAsync();
            throw new ServerError(
                $"the guard cannot listen: {problem.InnerException?.Message ?? problem.Message}", "is another program there? --listen names another address");
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the product file and the policy anew.</summary>
    /// <returns>Null; or why the old rules stay.</returns>
    public Task<string?> ReloadAsync() => reload!.NowAsync();

    /// <summary>Ends when the program is told to end.</summary>
    public Task WaitAsync(CancellationToken cancellation) => app.WaitForShutdownAsync(cancellation);

    /// <summary>Takes no more requests, lets those end that are on their way, and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        if (admin is not null)
            await admin.DisposeAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        handler.Dispose();
        admission.Dispose();
        gate?.Dispose();
        reload?.Dispose();
        collector?.Dispose();
        meter?.Dispose();
        ending.Dispose();
    }

    private async Task StartAsync(Func<GuardSetup, ILogger, IGuardLog> logOf)
    {
        var rules = new GuardRules(setup);
        await SelfTest.RunAsync(rules);
        var logger = LoggerOf(app.Services);
        var ledger = new Ledger();
        gate = LogGate.Open(logOf(setup, logger), setup.Replica, ledger, clock, logger);
        var inForce = await RulesInForce.BeginAsync(rules, gate);
        reload = new Reload(setup, inForce, gate, clock, logger);
        if (setup.Section.Admin is { } named)
            admin = await AdminHost.StartAsync(setup, named, new AdminPages(inForce, ledger, gate, reload, app.Lifetime.ApplicationStarted), clock, logger);
        meter = new GuardMeter(() => ledger.Sums().Open, () => gate.IsOpen);
        if (setup.Section.Telemetry is { } address)
            collector = Collector.Start(address, setup.Replica);
        var endpoint = new GuardEndpoint(
            setup, inForce, ledger, gate, admission, meter, app.Services.GetRequiredService<IHttpForwarder>(), new HttpMessageInvoker(handler, disposeHandler: false));
        app.Run(endpoint.HandleAsync);
        await app.StartAsync();
        watching = reload.WatchAsync(ending.Token);
    }

    private PemCertificate? Certificate(IServiceProvider services) =>
        setup.Section.Tls is { } named ? PemCertificate.Open(named, setup.Folder, clock, LoggerOf(services)) : null;

    private static ILogger LoggerOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("Untag.Guard");

    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None, // the filter unpacks, within bounds
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names of services move
        ActivityHeadersPropagator = new ReverseProxyPropagator(System.Diagnostics.DistributedContextPropagator.Current),
        MaxResponseHeadersLength = 64, // KiB
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1, // each byte a character: a header passes as it came
    };
}
