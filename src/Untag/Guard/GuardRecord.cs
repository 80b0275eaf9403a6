using Untag.TransparencyLog;

namespace Untag.Guard;

/// <summary>What a guard writes into its log. A run is one life of the program; its name is drawn when it begins
/// (<see cref="GuardRun"/>). Requests of a run are numbered from 1 in the order in which they came.</summary>
/// <remarks>docs/formats/guard-log.md describes the entries. None holds the value of a tag, a name, or anything else that a client or
/// the service sent.</remarks>
public abstract record GuardRecord
{
    private GuardRecord(string run) => Run = run;

    /// <summary>The run that says it.</summary>
    public string Run { get; }

    /// <summary>The entry that says it.</summary>
    public LogEntry ToEntry() => GuardEntries.Write(this);

    /// <summary>A run began.</summary>
    /// <param name="Run">Its name.</param>
    /// <param name="Replica">Which of several guards it is.</param>
    /// <param name="Version">Version of the guard.</param>
    /// <param name="At">The time, in UTC.</param>
    /// <param name="Uncounted">What is not known of the run before; null when it ended in order, or there was none.</param>
    public sealed record Started(string Run, string Replica, string Version, DateTimeOffset At, UncountedRun? Uncounted) : GuardRecord(Run);

    /// <summary>A policy is in force from here on, for requests that come after.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="PolicyName">Name of the policy.</param>
    /// <param name="PolicyDigest">Its SHA-256.</param>
    /// <param name="ConfigurationDigest">SHA-256 of what else decides about replies: modes, routes, bounds, contract.</param>
    /// <param name="Enforces">False when anything at all is only observed.</param>
    public sealed record InForce(string Run, string PolicyName, string PolicyDigest, string ConfigurationDigest, bool Enforces) : GuardRecord(Run);

    /// <summary>Something matched, or could not be inspected. It is durable before a byte of the answer leaves.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="Request">Number of the request.</param>
    /// <param name="Outcome">What becomes of it.</param>
    /// <param name="Place">In the request or in the reply.</param>
    /// <param name="Reason">Code of the reason, such as <c>tag</c> or <c>content-type</c>.</param>
    /// <param name="Rules">Codes of rules, each with the number of places known when it was written.</param>
    /// <param name="PolicyDigest">The policy that decided.</param>
    public sealed record Met(
        string Run, ulong Request, GuardOutcome Outcome, GuardPlace Place, string Reason, IReadOnlyDictionary<string, long> Rules,
        string PolicyDigest) : GuardRecord(Run);

    /// <summary>What became of the requests of a second; of a longer time when the log could not be written meanwhile.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="At">Its end, in UTC, as the clock of the machine told it.</param>
    /// <param name="First">Number of the first request that came; the one after <paramref name="Last"/> when none did.</param>
    /// <param name="Last">Number of the last request that came so far.</param>
    /// <param name="Decided">How many were decided, by outcome, whenever they came.</param>
    /// <param name="Places">Places that were taken out or only observed.</param>
    /// <param name="Open">Requests that came and are not decided yet.</param>
    public sealed record Totals(
        string Run, DateTimeOffset At, ulong First, ulong Last, IReadOnlyDictionary<GuardOutcome, long> Decided, long Places, long Open)
        : GuardRecord(Run);

    /// <summary>A run ended in order: nothing came after, and nothing is open.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="At">The time, in UTC.</param>
    /// <param name="Last">Number of its last request; 0 when there was none.</param>
    public sealed record Stopped(string Run, DateTimeOffset At, ulong Last) : GuardRecord(Run);
}

/// <summary>A run that ended without a word, as after a loss of power.</summary>
/// <param name="Run">The run.</param>
/// <param name="After">Number of its last request that is counted: what came after is not.</param>
/// <param name="Open">Requests up to that number whose outcome is not counted.</param>
public sealed record UncountedRun(string Run, ulong After, long Open);

/// <summary>Where something was met.</summary>
public enum GuardPlace
{
    /// <summary>In the request.</summary>
    Request,

    /// <summary>In the reply.</summary>
    Reply,
}
