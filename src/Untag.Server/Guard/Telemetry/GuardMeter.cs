using System.Diagnostics;
using System.Diagnostics.Metrics;
using Untag.Guard;

namespace Untag.Server.Guard.Telemetry;

/// <summary>What a guard measures of itself, in the framework's own instruments: OpenTelemetry and <c>dotnet-counters</c> read them. No
/// attribute holds anything of a request or a reply.</summary>
internal sealed class GuardMeter : IDisposable
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "Untag.Guard";

    private readonly Meter meter = new(Name);
    private readonly ActivitySource source = new(Name);
    private readonly Counter<long> requests;
    private readonly Histogram<double> duration;

    public GuardMeter(Func<long> open, Func<bool> isLogOpen)
    {
        requests = meter.CreateCounter<long>("untag.guard.requests", "{request}", "requests that were decided");
        duration = meter.CreateHistogram<double>("untag.guard.request.duration", "s", "time from a request to the end of its answer");
        meter.CreateObservableGauge("untag.guard.open_requests", open, "{request}", "requests that are not decided");
        meter.CreateObservableGauge("untag.guard.log_writable", () => isLogOpen() ? 1 : 0, null, "1 while the log can be written");
    }

    /// <summary>Begins to trace a request; null when nobody listens.</summary>
    /// <param name="request">The request, of which only the context of the caller's trace is taken.</param>
    public Activity? Begin(HttpRequest request)
    {
        if (!source.HasListeners())
            return null;
        Activity.Current = null; // the framework's own is not recorded, and what hangs on it would not be either
        var parent = request.Headers.TraceParent.ToString();
        return ActivityContext.TryParse(parent, request.Headers.TraceState.ToString(), out var context)
            ? source.StartActivity("guard", ActivityKind.Server, context)
            : source.StartActivity("guard", ActivityKind.Server);
    }

    /// <summary>Counts a request that was decided.</summary>
    public void End(Activity? activity, GuardOutcome outcome, int status, TimeSpan elapsed)
    {
        var word = new KeyValuePair<string, object?>("untag.outcome", outcome.Word());
        requests.Add(1, word);
        duration.Record(elapsed.TotalSeconds, word);
        activity?.SetTag("untag.outcome", outcome.Word());
        activity?.SetTag("http.response.status_code", status);
        activity?.Dispose();
    }

    public void Dispose()
    {
        meter.Dispose();
        source.Dispose();
    }
}
