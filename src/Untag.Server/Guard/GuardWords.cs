namespace Untag.Server.Guard;

/// <summary>The words with which a guard is started. What they do not say stands in <c>untag.yaml</c>.</summary>
internal sealed record GuardWords
{
    private static readonly string[] Known = ["--listen", "--upstream", "--mode", "--log", "--replica", "--policy", "--config"];

    /// <summary>Addresses to listen on.</summary>
    public IReadOnlyList<string> Listen { get; init; } = [];

    /// <summary>Address to forward to.</summary>
    public string? Upstream { get; init; }

    /// <summary>What becomes of a reply with a tag.</summary>
    public string? Mode { get; init; }

    /// <summary>Folder of the log.</summary>
    public string? Log { get; init; }

    /// <summary>Which of several guards this is.</summary>
    public string? Replica { get; init; }

    /// <summary>Path of a policy to use instead of the one that the product file names.</summary>
    public string? Policy { get; init; }

    /// <summary>Path of the product file to use instead of the nearest one.</summary>
    public string? Config { get; init; }

    /// <summary>Reads the words.</summary>
    /// <exception cref="ServerError">One is not understood.</exception>
    public static GuardWords Parse(IReadOnlyList<string> words)
    {
        var read = new GuardWords();
        foreach (var (option, value) in OptionWords.Read(words, Known, "untag guard"))
        {
            read = option switch
            {
                "--listen" => read with { Listen = [.. read.Listen, value] },
                "--upstream" => read with { Upstream = value },
                "--mode" => read with { Mode = value },
                "--log" => read with { Log = value },
                "--replica" => read with { Replica = value },
                "--policy" => read with { Policy = value },
                _ => read with { Config = value },
            };
        }

        return read;
    }
}
