using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Untag.Guard;
using Untag.Scan.Reports;
using Untag.Server.Guard.Gate;

namespace Untag.Server.Guard.Admin;

/// <summary>What the admin address answers. No page holds anything of a request or a reply.</summary>
/// <param name="inForce">The rules.</param>
/// <param name="ledger">What was counted.</param>
/// <param name="gate">The log.</param>
/// <param name="reload">Reads the files anew.</param>
/// <param name="listening">Cancelled once requests are taken.</param>
internal sealed class AdminPages(RulesInForce inForce, Ledger ledger, LogGate gate, Reload reload, CancellationToken listening)
{
    public Task AnswerAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/health/live") => TextAsync(context, StatusCodes.Status200OK, "live\n"),
        ("GET", "/health/ready") => WhyNotReady() is { } reason
            ? TextAsync(context, StatusCodes.Status503ServiceUnavailable, reason + "\n")
            : TextAsync(context, StatusCodes.Status200OK, "ready\n"),
        ("GET", "/metrics") => TextAsync(context, StatusCodes.Status200OK, Metrics()),
        ("GET", "/policy") => JsonAsync(context),
        ("POST", "/reload") => ReloadAsync(context),
        _ => TextAsync(context, StatusCodes.Status404NotFound, "there is no such page\n"),
    };

    private string? WhyNotReady() => !listening.IsCancellationRequested ? "requests are not taken yet" : gate.IsOpen ? null : "the log cannot be written";

    // The text form of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats
    private string Metrics()
    {
        var sums = ledger.Sums();
        var text = new StringBuilder();
        text.Append("# HELP untag_guard_requests_total Requests that were decided, by what became of them.\n# TYPE untag_guard_requests_total counter\n");
        foreach (var outcome in GuardOutcomes.All)
            text.Append(CultureInfo.InvariantCulture, $"untag_guard_requests_total{{outcome=\"{outcome.Word()}\"}} {sums.Decided[outcome]}\n");
        text.Append("# HELP untag_guard_places_total Places that were taken out of replies, or only observed.\n# TYPE untag_guard_places_total counter\n");
        text.Append(CultureInfo.InvariantCulture, $"untag_guard_places_total {sums.Places}\n");
        text.Append("# HELP untag_guard_open_requests Requests that are not decided.\n# TYPE untag_guard_open_requests gauge\n");
        text.Append(CultureInfo.InvariantCulture, $"untag_guard_open_requests {sums.Open}\n");
        text.Append("# HELP untag_guard_log_writable 1 while the log can be written.\n# TYPE untag_guard_log_writable gauge\n");
        text.Append(CultureInfo.InvariantCulture, $"untag_guard_log_writable {(gate.IsOpen ? 1 : 0)}\n");
        text.Append("# HELP untag_guard_reload_failed 1 while the newest files could not be put in force.\n# TYPE untag_guard_reload_failed gauge\n");
        text.Append(CultureInfo.InvariantCulture, $"untag_guard_reload_failed {(reload.HasFailed ? 1 : 0)}\n");
        return text.ToString();
    }

    private Task JsonAsync(HttpContext context)
    {
        var rules = inForce.Current;
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("guard", ToolVersion.Version);
            json.WriteString("policy", rules.Policy.Name);
            json.WriteString("digest", rules.Policy.Digest);
            json.WriteString("configuration", rules.ConfigurationDigest);
            json.WriteBoolean("enforces", rules.Enforces);
            json.WriteString("run", gate.Run);
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(bytes.WrittenMemory, context.RequestAborted).AsTask();
    }

    private async Task ReloadAsync(HttpContext context)
    {
        var problem = await reload.NowAsync();
        await TextAsync(context, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, (problem ?? "in force") + "\n");
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
