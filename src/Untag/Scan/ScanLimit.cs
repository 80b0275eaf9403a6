using System.Globalization;

namespace Untag.Scan;

/// <summary>One bound of <see cref="ScanLimits"/>: what it is called in <c>scan.limits</c> and, after <c>--max-</c>, on
/// the command line, and how its value is written. Whoever names a limit takes the words from here.</summary>
public sealed class ScanLimit
{
    private readonly LimitUnit unit;
    private readonly long most;
    private readonly Func<ScanLimits, long> read;
    private readonly Func<ScanLimits, long, ScanLimits> write;

    private ScanLimit(
        string name, string means, LimitUnit unit, long most, Func<ScanLimits, long> read,
        Func<ScanLimits, long, ScanLimits> write)
    {
        Name = name;
        Means = means;
        this.unit = unit;
        this.most = most;
        this.read = read;
        this.write = write;
    }

    /// <summary>Size of the largest file whose structure is read.</summary>
    public static ScanLimit FileSize { get; } = new(
        "file-size", "largest file whose structure is read", LimitUnit.Bytes, 1024 * 1024 * 1024,
        limits => limits.FileBytesMax, (limits, value) => limits with { FileBytesMax = (int)value });

    /// <summary>Time for one file on disk.</summary>
    public static ScanLimit FileTime { get; } = new(
        "file-time", "time for one file and all inside it", LimitUnit.Time, 7 * 24 * 3600,
        limits => (long)limits.FileTimeMax.TotalSeconds,
        (limits, value) => limits with { FileTimeMax = TimeSpan.FromSeconds(value) });

    /// <summary>Archives inside each other.</summary>
    public static ScanLimit ArchiveDepth { get; } = new(
        "archive-depth", "archives inside each other", LimitUnit.Count, 64,
        limits => limits.ArchiveDepthMax, (limits, value) => limits with { ArchiveDepthMax = (int)value });

    /// <summary>Entries of one file on disk.</summary>
    public static ScanLimit ArchiveEntries { get; } = new(
        "archive-entries", "entries of one file, nested ones too", LimitUnit.Count, int.MaxValue,
        limits => limits.ArchiveEntriesMax, (limits, value) => limits with { ArchiveEntriesMax = (int)value });

    /// <summary>Bytes that one file on disk may expand to.</summary>
    public static ScanLimit ExpandedSize { get; } = new(
        "expanded-size", "what one file may expand to", LimitUnit.Bytes, long.MaxValue,
        limits => limits.ExpandedBytesMax, (limits, value) => limits with { ExpandedBytesMax = value });

    /// <summary>How many times its own size one file on disk may expand to.</summary>
    public static ScanLimit ExpansionRatio { get; } = new(
        "expansion-ratio", "times its size that one file may expand to", LimitUnit.Count, int.MaxValue,
        limits => limits.ExpansionRatioMax, (limits, value) => limits with { ExpansionRatioMax = (int)value });

    /// <summary>All limits, in the order of the help.</summary>
    public static IReadOnlyList<ScanLimit> All { get; } =
        [FileSize, FileTime, ArchiveDepth, ArchiveEntries, ExpandedSize, ExpansionRatio];

    /// <summary>The name, such as <c>file-size</c>.</summary>
    public string Name { get; }

    /// <summary>What it bounds, as a phrase without full stop.</summary>
    public string Means { get; }

    /// <summary>What its value is, in one word: size, time or n.</summary>
    public string Form => unit switch { LimitUnit.Bytes => "size", LimitUnit.Time => "time", _ => "n" };

    /// <summary>How to write a value, as a hint.</summary>
    public string Hint => unit switch
    {
        LimitUnit.Bytes => $"write bytes, or a size such as 64MiB; at most {Show(most)}",
        LimitUnit.Time => $"write seconds, or a time such as 90s or 5m; at most {Show(most)}",
        _ => $"write a whole number from 1 to {most.ToString(CultureInfo.InvariantCulture)}",
    };

    /// <summary>The value in a set of limits, in words: <c>32 MiB</c>, <c>60 s</c>, <c>8</c>.</summary>
    public string ValueIn(ScanLimits limits) => Show(read(limits));

    /// <summary>The limits with another value for this one; null when the text is no such value.</summary>
    public ScanLimits? Set(ScanLimits limits, string text) =>
        LimitUnits.Parse(unit, text) is { } value && value <= most ? write(limits, value) : null;

    /// <summary>What is said when the limit is met: what happened, the limit with its value, and what raises it.</summary>
    /// <param name="limits">The limits in force.</param>
    /// <param name="happened">What happened, without full stop.</param>
    public string Met(ScanLimits limits, string happened) =>
        $"{happened} (the limit {Name} is {ValueIn(limits)}; raise it with --max-{Name})";

    private string Show(long value) => LimitUnits.Show(unit, value);
}
