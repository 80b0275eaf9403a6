using Untag.Check;
using Untag.Policy;

namespace Untag.Server.Guard;

/// <summary>Everything that a guard was told, by its words and by the product file: read once, except for what is reloaded.</summary>
internal sealed record GuardSetup
{
    /// <summary>The words that it was started with.</summary>
    public required GuardWords Words { get; init; }

    /// <summary>Where it listens.</summary>
    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    /// <summary>Where it forwards to, without a path behind the last slash.</summary>
    public required string Upstream { get; init; }

    /// <summary>The folder that paths are relative to.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder that the server was started in.</summary>
    public string StartedIn { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Path of the policy that the words or the product file name; null for the one in Untag.</summary>
    public string? PolicyFile { get; init; }

    /// <summary>Path of the product file; null without one.</summary>
    public required string? ProductFile { get; init; }

    /// <summary>Name of the product; the origin of the log is made of it.</summary>
    public required string Product { get; init; }

    /// <summary>The section of the product file, with what the words say instead.</summary>
    public required GuardSection Section { get; init; }

    /// <summary>What is forbidden.</summary>
    public required TagPolicy Policy { get; init; }

    /// <summary>Folder of the log.</summary>
    public string LogFolder => Path.GetFullPath(Path.Join(Folder, Section.Log ?? GuardSection.StandardLog));

    /// <summary>Which of several guards this is: the machine, where several write one log and none is named.</summary>
    public string Replica => Section.Replica ?? (Section.LogDatabase is null ? "guard" : Environment.MachineName);

    /// <summary>Reads what the words name.</summary>
    /// <param name="words">The words.</param>
    /// <param name="folder">The folder that the server was started in.</param>
    /// <exception cref="ServerError">Something is missing or wrong.</exception>
    public static GuardSetup Read(GuardWords words, string folder)
    {
        var typedPolicy = words.Policy is { } path ? ReadPolicy(Path.Combine(folder, path), path) : null;
        var (product, policy) = ReadProduct(words.Config, typedPolicy, folder);
        var section = product.Guard ?? new GuardSection();
        section = section with
        {
            Listen = words.Listen.Count > 0 ? words.Listen : section.Listen,
            Upstream = words.Upstream ?? section.Upstream,
            Mode = words.Mode ?? section.Mode,
            Replica = words.Replica ?? section.Replica,
        };
        if (section.Mode is { } mode && !GuardSection.Modes.Contains(mode))
            throw new ServerError($"unknown mode `{mode}`", Spelling.Hint(mode, GuardSection.Modes));
        // A path on the command line is relative to where it was typed.
        if (words.Log is { } log)
            section = section with { Log = Path.GetRelativePath(product.Folder, Path.GetFullPath(Path.Combine(folder, log))) };
        return new GuardSetup
        {
            Words = words,
            Listen = section.Listen.Count > 0
                ? [.. section.Listen.Select(ListenAddress.Parse)]
                : throw new ServerError("where is the guard to listen?", "say it: --listen 127.0.0.1:8080, or `listen` under `guard` in untag.yaml"),
            Upstream = UpstreamOf(section.Upstream
                ?? throw new ServerError("where is the service?", "say it: --upstream http://127.0.0.1:9000, or `upstream` under `guard` in untag.yaml")),
            Folder = product.Folder,
            StartedIn = folder,
            PolicyFile = words.Policy is { } typed ? Path.Combine(folder, typed) : product.PolicyFile,
            ProductFile = product.Location,
            Product = product.Product,
            Section = section,
            Policy = policy,
        };
    }

    /// <summary>Reads the product file.</summary>
    /// <param name="config">Path of it; null for the nearest one, or none.</param>
    /// <param name="policy">What is forbidden; null for what the file says.</param>
    /// <param name="folder">The folder that the server was started in.</param>
    /// <exception cref="ServerError">It is missing or wrong.</exception>
    public static (ProductFile Product, TagPolicy Policy) ReadProduct(string? config, TagPolicy? policy, string folder)
    {
        if (config is not null && !File.Exists(Path.Combine(folder, config)))
            throw new ServerError($"there is no product file `{config}`", "`untag init` writes one");
        var file = config is not null ? Path.Combine(folder, config) : Check.ProductFile.Find(folder);
        if (file is null)
            return (Check.ProductFile.Without(folder), policy ?? TagPolicy.Default);
        var read = ProductFileReader.Read(file, policy);
        var shown = Path.GetRelativePath(folder, file);
        return read is { Product: { } product, Policy: { } chosen }
            ? (product, chosen)
            : throw new ServerError(
                $"the product file `{shown}` cannot be used", [.. read.Errors.Select(error => $"{shown}:{error.Line}: {error.Message}: {error.Fix}")],
                "`untag help config` shows every key, with an example");
    }

    private static TagPolicy ReadPolicy(string path, string shown)
    {
        var (policy, errors) = TagPolicy.Read(path);
        return policy ?? throw new ServerError($"the policy `{shown}` cannot be used", [.. errors.Distinct()], null);
    }

    private static string UpstreamOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri.AbsoluteUri.TrimEnd('/')
            : throw new ServerError($"`{text}` is no address of a service", "write it with its scheme, such as `http://127.0.0.1:9000`");
}
