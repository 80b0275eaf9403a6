using Untag.Scan;

namespace Untag.Check;

/// <summary>Bounds on the work of a guard. What lies beyond one is refused.</summary>
public sealed record GuardLimits
{
    private static readonly (string Name, LimitUnit Unit, long Most, Func<GuardLimits, long, GuardLimits> Set)[] All =
    [
        ("request-body", LimitUnit.Bytes, 1 << 30, (limits, value) => limits with { RequestBytesMax = (int)value }),
        ("reply-body", LimitUnit.Bytes, 1L << 40, (limits, value) => limits with { ReplyBytesMax = value }),
        ("string", LimitUnit.Bytes, 1 << 30, (limits, value) => limits with { StringBytesMax = (int)value }),
        ("depth", LimitUnit.Count, 1000, (limits, value) => limits with { DepthMax = (int)value }),
        ("idle-time", LimitUnit.Time, 24 * 3600, (limits, value) => limits with { IdleMax = TimeSpan.FromSeconds(value) }),
        ("concurrency", LimitUnit.Count, 1_000_000, (limits, value) => limits with { ConcurrencyMax = (int)value }),
        ("connections", LimitUnit.Count, 1_000_000, (limits, value) => limits with { ConnectionsMax = (int)value }),
        ("request-rate", LimitUnit.Count, 10_000_000, (limits, value) => limits with { RequestsPerSecondMax = (int)value }),
        ("data-rate", LimitUnit.Bytes, 1 << 30, (limits, value) => limits with { BytesPerSecondMin = (int)value }),
    ];

    /// <summary>Bytes of a request that is read before it is forwarded.</summary>
    public int RequestBytesMax { get; init; } = 32 << 20;

    /// <summary>Bytes of a reply.</summary>
    public long ReplyBytesMax { get; init; } = 32 << 20;

    /// <summary>Bytes of one text in a reply.</summary>
    public int StringBytesMax { get; init; } = 8 << 20;

    /// <summary>Objects and lists inside each other.</summary>
    public int DepthMax { get; init; } = 64;

    /// <summary>How long nothing may come from the service, or go to it.</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Requests that are worked on at the same time.</summary>
    public int ConcurrencyMax { get; init; } = 4000;

    /// <summary>Connections of clients that are open at the same time.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>Requests in a second; null for any number.</summary>
    public int? RequestsPerSecondMax { get; init; }

    /// <summary>Bytes in a second that a client must send and take, once five seconds have passed.</summary>
    public int BytesPerSecondMin { get; init; } = 240;

    /// <summary>Reads the section; what is wrong is added to the errors of the file.</summary>
    internal static GuardLimits Read(YamlSection? section)
    {
        var limits = new GuardLimits();
        if (section is null)
            return limits;
        foreach (var (name, unit, most, set) in All)
        {
            if (section.Text(name) is not { } text)
                continue;
            if (LimitUnits.Parse(unit, text) is { } value && value <= most)
                limits = set(limits, value);
            else
                section.Fail(section.LineOf(name), $"`{name}: {text}` is no value of this limit", $"write {Example(unit)}; at most {LimitUnits.Show(unit, most)}");
        }

        section.Close();
        return limits;
    }

    private static string Example(LimitUnit unit) => unit switch
    {
        LimitUnit.Bytes => "bytes, or a size such as 64MiB",
        LimitUnit.Time => "seconds, or a time such as 90s or 5m",
        _ => "a whole number",
    };
}
