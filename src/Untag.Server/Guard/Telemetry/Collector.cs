using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Untag.Scan.Reports;

namespace Untag.Server.Guard.Telemetry;

/// <summary>Sends what a guard measures to the collector that its configuration names, by OTLP over HTTP.</summary>
internal sealed class Collector : IDisposable
{
    private readonly MeterProvider meters;
    private readonly TracerProvider traces;

    private Collector(MeterProvider meters, TracerProvider traces)
    {
        this.meters = meters;
        this.traces = traces;
    }

    /// <summary>Begins to send.</summary>
    /// <param name="address">Address of the collector, such as <c>http://127.0.0.1:4318</c>.</param>
    /// <param name="replica">Which of several guards it is.</param>
    /// <exception cref="ServerError">The address is none.</exception>
    public static Collector Start(string address, string replica)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new ServerError($"`{address}` is no address of a collector", "write it with its scheme, such as `http://127.0.0.1:4318`");
        // Nothing of the environment: its variables could name another collector.
        var resource = ResourceBuilder.CreateEmpty().AddAttributes(
        [
            new("service.name", "untag-guard"), new("service.version", ToolVersion.Version), new("service.instance.id", replica),
        ]);
        var meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(GuardMeter.Name)
            .AddOtlpExporter(options => Send(options, new Uri(uri, "v1/metrics"))).Build();
        var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(GuardMeter.Name)
            .AddOtlpExporter(options => Send(options, new Uri(uri, "v1/traces"))).Build();
        return new Collector(meters, traces);
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        traces.Dispose();
        meters.Dispose();
    }

    private static void Send(OtlpExporterOptions options, Uri address)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = address;
    }
}
