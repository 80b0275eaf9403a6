using System.Globalization;
using Untag.TransparencyLog;

namespace Untag.Guard;

/// <summary>Reads the log of guards, and adds up what it says of the time between two of its checkpoints.</summary>
/// <remarks>
/// <list type="number">
/// <item>all entries are read from the first on, since a run can have begun before the period;</item>
/// <item>what lies in the period is added up;</item>
/// <item>what is missing or does not add up is a gap, which is told in words and never filled in.</item>
/// </list>
/// </remarks>
public sealed class ServedPeriod
{
    private const int GapsMax = 20;

    private readonly ulong from;
    private readonly Dictionary<ulong, RunTally> runs = [];
    private readonly Dictionary<GuardOutcome, long> decided = GuardOutcomes.All.ToDictionary(outcome => outcome, _ => 0L);
    private readonly SortedDictionary<string, long> rules = new(StringComparer.Ordinal);
    private readonly SortedSet<string> policies = new(StringComparer.Ordinal);
    private readonly SortedSet<string> versions = new(StringComparer.Ordinal);
    private readonly List<string> gaps = [];
    private DateTimeOffset? first, last;
    private long places;
    private bool observed;

    private ServedPeriod(ulong from) => this.from = from;

    private enum Position
    {
        Before,
        Within,
    }

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
        var position = index < from ? Position.Before : Position.Within;
        switch (record)
        {
            case GuardRecord.Started started:
                Begin(started, index, position);
                break;
            case GuardRecord.InForce force when Run(force.Run, position) is { } run:
                run.PutInForce(force);
                break;
            case GuardRecord.Met met when Run(met.Run, position) is { } run:
                run.Add(met);
                if (position == Position.Within)
                    Count(met, run);
                break;
            case GuardRecord.Totals totals when Run(totals.Run, position) is { } run:
                if (run.Add(totals) is { } problem)
                    Gap(problem, position);
                if (position == Position.Within)
                    Count(totals, run);
                break;
            case GuardRecord.Stopped stopped when Run(stopped.Run, position) is { } run:
                if (run.Stop(stopped) is { } missing)
                    Gap(missing, position);
                break;
        }
    }

    private void Begin(GuardRecord.Started started, ulong index, Position position)
    {
        // A log has one writer: when a run begins, the one before has ended, whether it says so or not.
        foreach (var run in runs.Values.Where(run => !run.IsStopped))
        {
            Gap($"{run.Name} ended without a word: what came after its request {run.Last} is not counted", position);
            run.Abandon();
        }

        runs[index] = new RunTally(index, started);
        if (position == Position.Within)
            versions.Add(started.Version);
    }

    private RunTally? Run(ulong number, Position position)
    {
        if (runs.TryGetValue(number, out var run) && !run.IsStopped)
            return run;
        Gap(string.Create(CultureInfo.InvariantCulture, $"the log speaks of a run {number} that did not begin or had ended"), position);
        return null;
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

    private void Gap(string problem, Position position)
    {
        if (position == Position.Within && gaps.Count < GapsMax)
            gaps.Add(problem);
    }

    private ServedReport Report()
    {
        foreach (var run in runs.Values.Where(run => run.HasGapAtEnd))
            Gap($"{run.Name} counts replies that no entry tells of", Position.Within);
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
            Open = runs.Values.Where(run => !run.IsStopped).Sum(run => run.Open),
            Gaps = gaps,
        };
    }
}
