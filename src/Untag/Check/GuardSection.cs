using Untag.Policy;

namespace Untag.Check;

/// <summary>What the product file says of its guard. Every value is null or empty when not stated. docs/guard.md explains the keys.
/// </summary>
public sealed record GuardSection
{
    /// <summary>Name of the folder of the log when the file names none.</summary>
    public const string StandardLog = ".untag/guard-log";

    /// <summary>What the name of the folder of a log is followed by in that of its verifier key.</summary>
    public const string VerifierEnding = ".vkey";

    /// <summary>What a guard may do about a tag, the standard first.</summary>
    public static readonly string[] Modes = ["strip", "block", "observe"];

    /// <summary>Addresses that it listens on, such as <c>127.0.0.1:8080</c>.</summary>
    public IReadOnlyList<string> Listen { get; init; } = [];

    /// <summary>Address that it forwards to, such as <c>http://127.0.0.1:9000</c>.</summary>
    public string? Upstream { get; init; }

    /// <summary>What becomes of a reply with a tag; one of <see cref="Modes"/>.</summary>
    public string? Mode { get; init; }

    /// <summary>Path of the description of what replies may contain.</summary>
    public string? Contract { get; init; }

    /// <summary>Folder of its log.</summary>
    public string? Log { get; init; }

    /// <summary>How to connect to the database through which several guards write one log: a file, or <c>env:NAME</c>; null where one
    /// guard writes files.</summary>
    public string? LogDatabase { get; init; }

    /// <summary>Key that signs the log: a file, or <c>env:NAME</c>.</summary>
    public string? LogKey { get; init; }

    /// <summary>Path of the verifier key by which a check accepts the log.</summary>
    public string? LogVerifier { get; init; }

    /// <summary>Path of a checkpoint of the log, at which the period of the claim begins.</summary>
    public string? Since { get; init; }

    /// <summary>Which of several guards this one is.</summary>
    public string? Replica { get; init; }

    /// <summary>What is different on some paths, the first that matches wins.</summary>
    public IReadOnlyList<GuardRoute> Routes { get; init; } = [];

    /// <summary>Bounds on its work.</summary>
    public GuardLimits Limits { get; init; } = new();

    /// <summary>Files of the certificate by which it is known; null for plain HTTP.</summary>
    public GuardCertificate? Tls { get; init; }

    /// <summary>Where it tells of itself.</summary>
    public GuardAdmin? Admin { get; init; }

    /// <summary>Address of a collector that takes OTLP; null for none.</summary>
    public string? Telemetry { get; init; }

    /// <summary>Reads the section; what is wrong is added to the errors of the file.</summary>
    internal static GuardSection Read(YamlSection section)
    {
        var guard = new GuardSection
        {
            Listen = section.Texts("listen"),
            Upstream = section.Text("upstream"),
            Mode = ReadMode(section),
            Contract = Inside(section, "contract"),
            Log = Inside(section, "log"),
            LogDatabase = ReadDatabase(section),
            LogKey = section.Text("log_key"),
            LogVerifier = Inside(section, "log_verifier"),
            Since = Inside(section, "since"),
            Replica = section.Text("replica"),
            Routes = [.. section.Sections("routes").Select(ReadRoute)],
            Limits = GuardLimits.Read(section.Section("limits")),
            Tls = section.Section("tls") is { } tls ? ReadCertificate(tls) : null,
            Admin = section.Section("admin") is { } admin ? ReadAdmin(admin) : null,
            Telemetry = section.Text("telemetry"),
        };
        section.Close();
        return guard;
    }

    private static string? ReadMode(YamlSection section)
    {
        if (section.Text("mode") is not { } mode)
            return null;
        if (!Modes.Contains(mode))
            section.Fail(section.LineOf("mode"), $"unknown mode `{mode}`", Spelling.Hint(mode, Modes));
        return mode;
    }

    // Whoever reads the product file must not learn a password, nor whoever reads the message about it.
    private static string? ReadDatabase(YamlSection section)
    {
        if (section.Text("log_database") is not { } named)
            return null;
        if (!named.Contains('=') && !named.Contains("://", StringComparison.Ordinal))
            return named;
        section.Fail(section.LineOf("log_database"), "`log_database` holds the connection itself", "name a file that holds it, or a variable: `log_database: env:UNTAG_LOG_DATABASE`");
        return null;
    }

    private static GuardRoute ReadRoute(YamlSection section)
    {
        var route = new GuardRoute(
            section.RequiredText("path", "say which paths it is about: `path: /v2/models/**`") ?? "",
            ReadMode(section),
            section.Texts("tensors"),
            Inside(section, "descriptors"),
            ReadPush(section),
            ReadOpaque(section));
        if (route.Path is { Length: > 0 } path && path[0] != '/')
            section.Fail(section.LineOf("path"), $"`path: {path}` is no path of an address", "start it with `/`");
        section.Close();
        return route;
    }

    private static IReadOnlyList<string> ReadOpaque(YamlSection section)
    {
        var types = section.Texts("opaque");
        foreach (var type in types)
        {
            if (!IsPicture(type))
                section.Fail(section.LineOf("opaque"), $"`opaque` names `{type}`, which can be inspected or is no media type", "name pictures, films or sounds: `opaque: [image/jpeg]`");
        }

        return [.. types.Select(type => type.ToLowerInvariant())];
    }

    private static bool IsPicture(string type) =>
        type.Split('/') is [var kind, { Length: > 0 } rest] && kind.ToLowerInvariant() is "image" or "video" or "audio"
        && rest.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-') && !rest.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
        && !rest.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static bool ReadPush(YamlSection section)
    {
        switch (section.Text("push"))
        {
            case null or "false":
                return false;
            case "true":
                return true;
            case { } other:
                section.Fail(section.LineOf("push"), $"`push: {other}` is neither true nor false", "write `push: true` where cameras push what they saw");
                return false;
        }
    }

    private static GuardCertificate ReadCertificate(YamlSection section)
    {
        var certificate = new GuardCertificate(
            section.RequiredText("certificate", "name the PEM file of the certificate: `certificate: guard.pem`") ?? "",
            section.RequiredText("key", "name the PEM file of its private key: `key: guard.key`") ?? "");
        section.Close();
        return certificate;
    }

    private static GuardAdmin ReadAdmin(YamlSection section)
    {
        var admin = new GuardAdmin(
            section.RequiredText("listen", "say where: `listen: 127.0.0.1:9901`") ?? "", section.Text("token"), section.Text("clients"));
        section.Close();
        return admin;
    }

    private static string? Inside(YamlSection section, string key)
    {
        var path = section.Text(key);
        if (path is not null)
            ProductFileReader.CheckInside(section, key, path);
        return path;
    }
}

/// <summary>What is different on some paths.</summary>
/// <param name="Path">Pattern of paths, such as <c>/v2/models/**</c>.</param>
/// <param name="Mode">What becomes of a reply with a tag; null for what the guard does elsewhere.</param>
/// <param name="Tensors">Names of the tensors that a reply may hold; empty for all that no rule names.</param>
/// <param name="Descriptors">Path of a compiled set of descriptors (<c>protoc --descriptor_set_out</c>); null for none.</param>
/// <param name="Push">True where a client pushes what it saw: its bodies are filtered as replies are.</param>
/// <param name="Opaque">Media types of parts that pass without being inspected, in lower case, such as <c>image/jpeg</c>.</param>
public sealed record GuardRoute(string Path, string? Mode, IReadOnlyList<string> Tensors, string? Descriptors, bool Push, IReadOnlyList<string> Opaque);

/// <summary>A certificate and its key, in PEM.</summary>
/// <param name="Certificate">Path of the certificate, with those that sign it.</param>
/// <param name="Key">Path of the private key.</param>
public sealed record GuardCertificate(string Certificate, string Key);

/// <summary>Where a guard tells of itself, on an address of its own.</summary>
/// <param name="Listen">The address.</param>
/// <param name="Token">Where the token is found that a request must bring: a file, or <c>env:NAME</c>; null for none.</param>
/// <param name="Clients">Path of the certificate that signs those of clients; null when they need none.</param>
public sealed record GuardAdmin(string Listen, string? Token, string? Clients);
