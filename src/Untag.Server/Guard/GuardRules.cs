using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Untag.Check;
using Untag.Policy;
using Untag.Scan.Files;
using Untag.Scan.Reports;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Contracts;
using Untag.Server.Guard.Replies.Grpc;
using Untag.Server.Guard.Requests;

namespace Untag.Server.Guard;

/// <summary>All that decides about requests and replies. Never changed: a reload makes new ones and swaps them.</summary>
internal sealed partial class GuardRules
{
    // Police cameras push what they saw to paths of GA/T 1400, whoever configured the guard.
    private static readonly Glob Cameras = new("/VIID/**");

    private readonly IReadOnlyList<(Glob Path, GuardedRoute Route)> routes;
    private readonly GuardedRoute elsewhere;

    public GuardRules(GuardSetup setup)
    {
        var section = setup.Section;
        var limits = section.Limits;
        Policy = setup.Policy;
        var replies = ReplyRules.Of(setup.Policy);
        Inspector = new RequestInspector(new AskingTerms(setup.Policy), new ReplyWords(replies), limits.DepthMax);
        Headers = new HeaderJudge(replies, Inspector.Terms);
        Filter = new ReplyFilter(replies, new ReplyLimits
        {
            TotalBytes = limits.ReplyBytesMax,
            TokenBytes = limits.StringBytesMax,
            Depth = limits.DepthMax,
        });
        var files = new DecidingFiles(setup.Folder);
        Contract = section.Contract is { } contract ? files.ReadContract(contract) : null;
        elsewhere = new GuardedRoute(ModeOf(section.Mode), Tensors: null, Descriptors: null, IsPush: false, OpaqueParts: FrozenSet<string>.Empty);
        routes = [.. section.Routes.Select(route => (new Glob(route.Path), RouteOf(route, files)))];
        Enforces = routes.All(route => route.Route.Mode != ReplyMode.Observe) && elsewhere.Mode != ReplyMode.Observe;
        ConfigurationDigest = Digest(section, files);
    }

    /// <summary>What is forbidden.</summary>
    public TagPolicy Policy { get; }

    /// <summary>What replies may contain; null when none says so.</summary>
    public OpenApiContract? Contract { get; }

    /// <summary>Looks through requests.</summary>
    public RequestInspector Inspector { get; }

    /// <summary>Judges the headers of replies.</summary>
    public HeaderJudge Headers { get; }

    /// <summary>Filters replies.</summary>
    public ReplyFilter Filter { get; }

    /// <summary>False when anything at all is only observed.</summary>
    public bool Enforces { get; }

    /// <summary>SHA-256 of what else than the policy decides.</summary>
    public string ConfigurationDigest { get; }

    /// <summary>What holds on a path. Services take a slash too many, or an escaped one, for a slash.</summary>
    public GuardedRoute RouteOf(string path)
    {
        if (path.Contains("//", StringComparison.Ordinal) || path.Contains("%2F", StringComparison.OrdinalIgnoreCase)) // as good as never
            path = ManySlashes().Replace(path, "/");
        var route = elsewhere;
        foreach (var (pattern, known) in routes)
        {
            if (!pattern.Matches(path))
                continue;
            route = known;
            break;
        }

        return !route.IsPush && Cameras.Matches(path) ? route with { IsPush = true } : route;
    }

    private GuardedRoute RouteOf(GuardRoute route, DecidingFiles files) => new(
        route.Mode is null ? elsewhere.Mode : ModeOf(route.Mode),
        route.Tensors.Count > 0 ? route.Tensors.ToHashSet(StringComparer.Ordinal) : null,
        route.Descriptors is { } path ? files.ReadDescriptors(path) : null,
        route.Push,
        route.Opaque.ToFrozenSet(StringComparer.Ordinal));

    [GeneratedRegex("(?:/|%2F)+", RegexOptions.IgnoreCase)]
    private static partial Regex ManySlashes();

    private static ReplyMode ModeOf(string? mode) => mode switch
    {
        "block" => ReplyMode.Block,
        "observe" => ReplyMode.Observe,
        _ => ReplyMode.Strip,
    };

    private static string Digest(GuardSection section, DecidingFiles files)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"untag {ToolVersion.Version}\nmode {section.Mode ?? "strip"}\n{section.Limits}\n");
        foreach (var route in section.Routes)
            text.Append(CultureInfo.InvariantCulture, $"route {route.Path} {route.Mode} {route.Push} {route.Descriptors} {string.Join(',', route.Tensors)} {string.Join(',', route.Opaque)}\n");
        foreach (var file in files.Digests)
            text.Append(file).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>What holds on a path.</summary>
/// <param name="Mode">What becomes of a reply with a tag.</param>
/// <param name="Tensors">Names of the tensors that a reply may hold; null for all that no rule names.</param>
/// <param name="Descriptors">Messages of the service of gRPC; null where there is none.</param>
/// <param name="IsPush">True where clients push what they saw: their bodies are filtered as replies are.</param>
/// <param name="OpaqueParts">Media types of parts that pass without being inspected.</param>
internal sealed record GuardedRoute(
    ReplyMode Mode, IReadOnlySet<string>? Tensors, GrpcDescriptors? Descriptors, bool IsPush, FrozenSet<string> OpaqueParts);
