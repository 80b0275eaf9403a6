using Untag.Server.Guard.Gate;

namespace Untag.Server.Guard;

/// <summary>Puts a changed product file or policy in force without an end of the guard: what is broken changes nothing.</summary>
/// <remarks>Addresses, certificates, the log and bounds on connections are those with which the guard was started.</remarks>
internal sealed partial class Reload(GuardSetup first, RulesInForce inForce, LogGate gate, TimeProvider clock, ILogger logger)
    : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim one = new(1, 1);
    private string seen = Written(first);

    /// <summary>True when the newest files could not be put in force.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Looks each second whether a file has changed.</summary>
    public async Task WatchAsync(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ending))
            {
                if (Written(first) != seen)
                    await NowAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The guard ends.
        }
    }

    /// <summary>Reads the files, tries the rules, and puts them in force.</summary>
    /// <returns>Null; or why the old ones stay.</returns>
    public async Task<string?> NowAsync()
    {
        await one.WaitAsync();
        try
        {
            seen = Written(first);
            var setup = GuardSetup.Read(first.Words with { Listen = [.. first.Section.Listen], Upstream = first.Upstream }, first.StartedIn);
            var rules = new GuardRules(setup);
            if (IsTheSame(rules, inForce.Current))
                return null;
            await SelfTest.RunAsync(rules);
            await inForce.SwapAsync(rules, gate);
            HasFailed = false;
            TellSwapped(logger, rules.Policy.Name, rules.Policy.Digest[..12]);
            return null;
        }
        catch (Exception problem) when (problem is ServerError or LogShutException)
        {
            HasFailed = true;
            var reason = problem is ServerError { Details: { Count: > 0 } details } ? $"{problem.Message}: {details[0]}" : problem.Message;
            TellKept(logger, reason);
            return reason;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private static bool IsTheSame(GuardRules a, GuardRules b) =>
        a.Policy.Digest == b.Policy.Digest && a.ConfigurationDigest == b.ConfigurationDigest;

    // Names, times and lengths of the files that decide.
    private static string Written(GuardSetup setup) => string.Join('\n', Files(setup).Select(path =>
        File.Exists(path) ? $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {new FileInfo(path).Length}" : path));

    private static IEnumerable<string> Files(GuardSetup setup)
    {
        if (setup.ProductFile is { } product)
            yield return product;
        if (setup.PolicyFile is { } policy)
            yield return policy;
        if (setup.Section.Contract is { } contract)
            yield return Path.Combine(setup.Folder, contract);
        foreach (var route in setup.Section.Routes)
        {
            if (route.Descriptors is { } descriptors)
                yield return Path.Combine(setup.Folder, descriptors);
        }
    }

    [LoggerMessage(20, LogLevel.Information, "policy {Name} {Digest} is in force")]
    private static partial void TellSwapped(ILogger logger, string name, string digest);

    [LoggerMessage(21, LogLevel.Error, "the old rules stay, because the new ones cannot be used: {Reason}")]
    private static partial void TellKept(ILogger logger, string reason);
}
