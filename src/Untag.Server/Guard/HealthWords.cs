using Untag.Scan;

namespace Untag.Server.Guard;

/// <summary>The words with which a guard is asked for its health.</summary>
internal sealed record HealthWords
{
    private const long SecondsMax = 3600;

    private static readonly string[] Known = ["--config", "--timeout", "--certificate"];

    /// <summary>Path of the product file to use instead of the nearest one.</summary>
    public string? Config { get; init; }

    /// <summary>How long the answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Path of the certificate and the key of a client, in one PEM file; null when none is asked for.</summary>
    public string? Certificate { get; init; }

    /// <summary>Reads the words.</summary>
    /// <exception cref="ServerError">One is not understood.</exception>
    public static HealthWords Parse(IReadOnlyList<string> words)
    {
        var read = new HealthWords();
        foreach (var (option, value) in OptionWords.Read(words, Known, "untag guard health"))
        {
            read = option switch
            {
                "--timeout" => read with { Timeout = ReadTime(value) },
                "--certificate" => read with { Certificate = value },
                _ => read with { Config = value },
            };
        }

        return read;
    }

    private static TimeSpan ReadTime(string text) =>
        LimitUnits.Parse(LimitUnit.Time, text) is { } seconds && seconds <= SecondsMax
            ? TimeSpan.FromSeconds(seconds)
            : throw new ServerError($"`{text}` is no value of --timeout", "write whole seconds, such as 5s; at most an hour");
}
