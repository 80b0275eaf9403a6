using Untag.Scan.Files;

namespace Untag.Scan.Timing;

/// <summary>A file and how long it took.</summary>
/// <param name="Path">Path as in a finding.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Time">Time that one worker spent on it, with everything inside.</param>
public readonly record struct SlowFile(string Path, long Bytes, TimeSpan Time);

/// <summary>Where the time of a scan went.</summary>
/// <param name="Stages">The time of each stage, all workers together.</param>
/// <param name="Slowest">The files that took longest, the slowest first.</param>
/// <param name="Workers">Workers that read at the same time.</param>
public sealed record ScanTimings(IReadOnlyDictionary<Stage, TimeSpan> Stages, IReadOnlyList<SlowFile> Slowest, int Workers);

/// <summary>Collects the times of all workers.</summary>
internal sealed class ScanClock
{
    private const int SlowestShown = 10;

    private readonly List<StageClock> clocks = [];
    private readonly Dictionary<Stage, TimeSpan> outside = [];
    private readonly PriorityQueue<SlowFile, TimeSpan> slowest = new();
    private readonly Lock gate = new();

    /// <summary>The clock of one more worker.</summary>
    public StageClock NewWorker()
    {
        lock (gate)
        {
            var clock = new StageClock();
            clocks.Add(clock);
            return clock;
        }
    }

    /// <summary>Takes how long a stage took that no worker does.</summary>
    public void Add(Stage stage, TimeSpan time) => outside[stage] = outside.GetValueOrDefault(stage) + time;

    /// <summary>Takes how long a file took.</summary>
    public void Add(FoundFile file, TimeSpan time)
    {
        lock (gate)
        {
            slowest.Enqueue(new SlowFile(file.Path, file.SizeBytes, time), time);
            if (slowest.Count > SlowestShown)
                slowest.Dequeue();
        }
    }

    /// <summary>What was collected.</summary>
    public ScanTimings Read(int workers) => new(
        Enum.GetValues<Stage>().ToDictionary(
            stage => stage, stage => clocks.Aggregate(outside.GetValueOrDefault(stage), (sum, clock) => sum + clock[stage])),
        [.. slowest.UnorderedItems.Select(item => item.Element).OrderByDescending(file => file.Time)],
        workers);
}
