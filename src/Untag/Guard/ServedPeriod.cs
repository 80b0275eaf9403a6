using System.Globalization;
using Untag.TransparencyLog;

namespace Untag.Guard;

/// <summary>Reads the log of guards, and adds up what it says of the time between two of its checkpoints.</summary>
/// <remarks>
/// <list type="number">
/// <item>all entries are read from the first on, since a run can have begun before the period;</item>
/// <item>what lies in the period is added up, run by run: those of several guards stand between each other;</item>
/// <item>a run ends in order, or when its guard begins another one, or when it is silent while others go on;</item>
/// <item>what is missing or does not add up is a gap, which is told in words and never filled in.</item>
/// </list>
/// </remarks>
public sealed class ServedPeriod
{
    private const int GapsMax = 20;

    private readonly ulong from;
    private readonly Dictionary<string, RunTally> runs = new(StringComparer.Ordinal);
    private readonly List<RunTally> running = [];
    private readonly Dictionary<GuardOutcome, long> decided = GuardOutcomes.All.ToDictionary(outcome => outcome, _ => 0L);
    private readonly SortedDictionary<string, long> rules = new(StringComparer.Ordinal);
    private readonly SortedSet<string> policies = new(StringComparer.Ordinal);
    private readonly SortedSet<string> versions = new(StringComparer.Ordinal);
    private readonly List<string> gaps = [];
    private DateTimeOffset? first, last;
    private long places;
    private bool observed;

    private ServedPeriod(ulong from) => this.from = from;

    /// <summary>Adds up a period.</summary>
    /// <param name="entries">The entries of the log from its first to the end of the period.</param>
    /// <param name="from">Entries that lie before the period.</param>
    /// <exception cref="LogDamageException">An entry is not whole.</exception>
    public static ServedReport Read(IEnumerable<ReadOnlyMemory<byte>> entries, ulong from)
    {
        var period = new ServedPeriod(from);
        var index = 0UL;
        foreach (var bytes in entries)
        {
            var record = LogEntry.Parse(bytes) is { } entry ? GuardEntries.Read(entry) : null;
            if (record is not null)
                period.Add(record, index);
            index++;
        }

        return period.Report();
    }

    private void Add(GuardRecord record, ulong index)
    {
        if (record is GuardRecord.Started started)
        {
            Begin(started, index);
            return;
        }

        if (running.Find(run => run.Run == record.Run) is not { } run)
        {
            Gap($"the log speaks of a run {GuardRun.Shown(record.Run)} that did not begin or had ended", index);
            return;
        }

        run.Hear(index);
        switch (record)
        {
            case GuardRecord.InForce force:
                run.PutInForce(force);
                break;
            case GuardRecord.Met met:
                run.Add(met);
                if (index >= from)
                    Count(met, run);
                break;
            case GuardRecord.Totals totals:
                if (run.Add(totals) is { } problem)
                    Gap(problem, index);
                if (index >= from)
                    Count(totals, run);
                foreach (var other in running)
                    other.Compare(run, index);
                break;
            case GuardRecord.Stopped stopped:
                if (run.Stop(stopped) is { } missing)
                    Gap(missing, index);
                running.Remove(run);
                break;
        }
    }

    private void Begin(GuardRecord.Started started, ulong index)
    {
        // A guard has one run at a time: when the next begins, the one before has ended, whether it says so or not. Where one guard alone
        // writes, it may have been given another name meanwhile, and names that run.
        foreach (var run in running.Where(run => run.Replica == started.Replica || run.Run == started.Uncounted?.Run).ToList())
        {
            // Nothing came any more since it was silent, be that before the period.
            Gap(string.Create(CultureInfo.InvariantCulture, $"{run.Name} ended without a word: what came after its request {run.Last} is not counted"), run.SilentAt ?? index);
            running.Remove(run);
        }

        var begun = new RunTally(started);
        begun.Hear(index);
        if (!runs.TryAdd(started.Run, begun))
            Gap($"{begun.Name} begins twice", index);
        running.Add(begun);
        if (index >= from)
            versions.Add(started.Version);
    }

    private void Count(GuardRecord.Met met, RunTally run)
    {
        Enter(run);
        foreach (var (code, count) in met.Rules)
            rules[code] = rules.GetValueOrDefault(code) + count;
    }

    private void Count(GuardRecord.Totals totals, RunTally run)
    {
        Enter(run);
        foreach (var (outcome, count) in totals.Decided)
            decided[outcome] += count;
        places += totals.Places;
        first = first is null || totals.At < first ? totals.At : first;
        last = last is null || totals.At > last ? totals.At : last;
    }

    private void Enter(RunTally run)
    {
        versions.Add(run.Version);
        if (run.Force is not { } force)
            return;
        policies.Add(force.PolicyDigest);
        observed |= !force.Enforces;
    }

    private void Gap(string problem, ulong index)
    {
        if (index >= from && gaps.Count < GapsMax)
            gaps.Add(problem);
    }

    private ServedReport Report()
    {
        foreach (var run in runs.Values.Where(run => run.HasGapAtEnd))
            Gap($"{run.Name} counts replies that no entry tells of", run.HeardAt);
        foreach (var run in running)
        {
            if (run.SilentAt is { } silent)
                Gap(string.Create(CultureInfo.InvariantCulture, $"{run.Name} says nothing any more while others go on: what came after its request {run.Last} is not counted"), silent);
        }

        return new ServedReport
        {
            Decided = decided,
            Places = places,
            Rules = rules,
            Policies = [.. policies],
            Versions = [.. versions],
            First = first,
            Last = last,
            Enforced = !observed,
            Open = running.Sum(run => run.Open),
            Running = [.. running.Where(run => run.SilentAt is null).Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Name} goes on: it is counted up to its request {run.Last}, {run.Open} of them not decided yet"))],
            Gaps = gaps,
        };
    }
}
