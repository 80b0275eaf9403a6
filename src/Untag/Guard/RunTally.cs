using System.Globalization;

namespace Untag.Guard;

/// <summary>What a log has said of a run so far, and whether it adds up.</summary>
internal sealed class RunTally(ulong index, GuardRecord.Started started)
{
    private readonly Dictionary<GuardOutcome, long> entries = [];
    private readonly Dictionary<GuardOutcome, long> counted = [];

    /// <summary>Version of the guard.</summary>
    public string Version => started.Version;

    /// <summary>The run in words.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"run {index} of the guard `{started.Replica}`");

    /// <summary>The policy in force; null before the first.</summary>
    public GuardRecord.InForce? Force { get; private set; }

    /// <summary>Number of the last request that came.</summary>
    public ulong Last { get; private set; }

    /// <summary>Requests that are not decided.</summary>
    public long Open { get; private set; }

    /// <summary>True when nothing more may be said of it.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>True when it counts outcomes that have no entry. There may be more entries than counted: of requests whose end is not
    /// counted, and of replies that were stripped and then cut off.</summary>
    public bool HasGapAtEnd => counted.Any(pair => pair.Key.HasEntry() && pair.Value > entries.GetValueOrDefault(pair.Key));

    public void PutInForce(GuardRecord.InForce force) => Force = force;

    public void Add(GuardRecord.Met met) => entries[met.Outcome] = entries.GetValueOrDefault(met.Outcome) + 1;

    /// <summary>Adds a second.</summary>
    /// <returns>What does not add up; null when all does.</returns>
    public string? Add(GuardRecord.Totals totals)
    {
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
    public string? Stop(GuardRecord.Stopped stopped)
    {
        IsStopped = true;
        return stopped.Last == Last && Open == 0 ? null : $"{Name} ended, and not all of its requests are counted";
    }

    /// <summary>Ends a run that said nothing.</summary>
    public void Abandon() => IsStopped = true;
}
