using System.Diagnostics;
using Untag.Scan.Timing;

namespace Untag.Scan.Containers;

/// <summary>What reading one file on disk may cost, whatever it is nested in: time, entries and expanded bytes. A bomb
/// ends here, and the report says so.</summary>
internal sealed class ReadingBudget(ScanLimits limits)
{
    private const long RatioFreeBytes = 3 * 1024 * 1024; // small files compress well without being bombs

    private readonly long started = Stopwatch.GetTimestamp();
    private long expanded;
    private long sizeBytes;
    private int entries;

    /// <summary>The limits that it holds to.</summary>
    public ScanLimits Limits => limits;

    /// <summary>Where bytes go that are too many for memory.</summary>
    public TemporaryRoom Room { get; init; } = TemporaryRoom.OfSystem;

    /// <summary>Tells what the time is spent on; null when nobody asks.</summary>
    public StageClock? Clock { get; init; }

    /// <summary>Which limit was met, with its value and what raises it; null when none was.</summary>
    public string? Exceeded { get; private set; }

    /// <summary>Sets the size of the outermost container, which the expanded bytes are compared with. Those inside it
    /// are not asked: an archive that holds itself would never look large.</summary>
    public void Open(long containerBytes)
    {
        if (sizeBytes == 0)
            sizeBytes = containerBytes;
    }

    /// <summary>False when the time is spent, or another limit was met before.</summary>
    public bool HasTime()
    {
        if (Exceeded is null && Stopwatch.GetElapsedTime(started) > limits.FileTimeMax)
            Exceeded = ScanLimit.FileTime.Met(limits, "its reading takes too long");
        return Exceeded is null;
    }

    /// <summary>Takes one more entry; false when there are too many.</summary>
    public bool TakeEntry()
    {
        Allows(++entries);
        return HasTime();
    }

    /// <summary>False when a container says that it has more parts than there may be entries.</summary>
    public bool Allows(int parts)
    {
        if (parts > limits.ArchiveEntriesMax)
            Exceeded ??= ScanLimit.ArchiveEntries.Met(limits, $"it holds more than {limits.ArchiveEntriesMax} entries");
        return Exceeded is null;
    }

    /// <summary>Takes bytes that were expanded; false when they are too many, in all or for the file they come from.
    /// </summary>
    public bool TakeBytes(long count)
    {
        expanded += count;
        if (expanded > limits.ExpandedBytesMax)
        {
            Exceeded ??= ScanLimit.ExpandedSize.Met(
                limits, $"it expands to more than {ScanLimit.ExpandedSize.ValueIn(limits)}");
        }
        else if (sizeBytes > 0 && expanded > RatioFreeBytes && expanded / sizeBytes >= limits.ExpansionRatioMax)
        {
            Exceeded ??= ScanLimit.ExpansionRatio.Met(
                limits, $"it expands to more than {limits.ExpansionRatioMax} times its size");
        }

        return HasTime();
    }
}
