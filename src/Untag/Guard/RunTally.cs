using System.Globalization;

namespace Untag.Guard;

/// <summary>What a log has said of a run so far, and whether it adds up.</summary>
internal sealed class RunTally(GuardRecord.Started started)
{
    /// <summary>A run that says nothing while another one closes so many seconds is silent. A guard says something every
    /// <see cref="GuardRun.SilenceMax"/>, and closes at most one second in a second: no clock is asked.</summary>
    public const int SilentAfter = 60;

    private readonly Dictionary<GuardOutcome, long> entries = [];
    private readonly Dictionary<GuardOutcome, long> counted = [];
    private readonly Queue<ulong> seconds = []; // where its last seconds stand

    /// <summary>Version of the guard.</summary>
    public string Version => started.Version;

    /// <summary>Which of several guards it is.</summary>
    public string Replica => started.Replica;

    /// <summary>Its name in the log.</summary>
    public string Run => started.Run;

    /// <summary>The run in words.</summary>
    public string Name => $"run {GuardRun.Shown(started.Run)} of the guard `{started.Replica}`";

    /// <summary>The policy in force; null before the first.</summary>
    public GuardRecord.InForce? Force { get; private set; }

    /// <summary>Number of the last request that came.</summary>
    public ulong Last { get; private set; }

    /// <summary>Requests that are not decided.</summary>
    public long Open { get; private set; }

    /// <summary>Index of the newest entry of it.</summary>
    public ulong HeardAt { get; private set; }

    /// <summary>Index of the entry by which it was known that it says nothing any more; null while it does.</summary>
    public ulong? SilentAt { get; private set; }

    /// <summary>True when it counts outcomes that have no entry. There may be more entries than counted: of requests whose end is not
    /// counted, and of replies that were stripped and then cut off.</summary>
    public bool HasGapAtEnd => counted.Any(pair => pair.Key.HasEntry() && pair.Value > entries.GetValueOrDefault(pair.Key));

    /// <summary>It says something.</summary>
    public void Hear(ulong index) => (HeardAt, SilentAt) = (index, null);

    /// <summary>Another run has closed a second.</summary>
    public void Compare(RunTally other, ulong index)
    {
        if (other.seconds.Count == SilentAfter && HeardAt < other.seconds.Peek())
            SilentAt ??= index;
    }

    public void PutInForce(GuardRecord.InForce force) => Force = force;

    public void Add(GuardRecord.Met met) => entries[met.Outcome] = entries.GetValueOrDefault(met.Outcome) + 1;

    /// <summary>Adds a second.</summary>
    /// <returns>What does not add up; null when all does.</returns>
    public string? Add(GuardRecord.Totals totals)
    {
        if (seconds.Count == SilentAfter)
            seconds.Dequeue();
        seconds.Enqueue(HeardAt);
        var came = totals.Last >= totals.First ? (Int128)totals.Last - totals.First + 1 : 0;
        var follows = totals.First > 0 && totals.First - 1 == Last && (totals.Last >= totals.First || totals.Last == Last);
        var open = (Int128)Open + came - totals.Decided.Values.Sum();
        foreach (var (outcome, count) in totals.Decided)
            counted[outcome] = counted.GetValueOrDefault(outcome) + count;
        var problem = !follows
            ? string.Create(CultureInfo.InvariantCulture, $"{Name}: after request {Last} it goes on with request {totals.First}")
            : open != totals.Open ? $"{Name}: the requests of a second do not add up" : null;
        (Last, Open) = (totals.Last, totals.Open);
        return problem;
    }

    /// <summary>Ends the run in order.</summary>
    /// <returns>What does not add up; null when all does.</returns>
    public string? Stop(GuardRecord.Stopped stopped) =>
        stopped.Last == Last && Open == 0 ? null : $"{Name} ended, and not all of its requests are counted";
}
