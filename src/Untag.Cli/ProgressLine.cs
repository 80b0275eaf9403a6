using System.Diagnostics;
using System.Globalization;
using Untag.Scan;

namespace Untag.Cli;

/// <summary>One line on standard error that tells how far a work has come: only on a terminal, only when it takes long.</summary>
/// <param name="words">The line.</param>
internal sealed class ProgressLine<T>(Func<T, string> words) : IProgress<T>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock drawing = new();
    private TimeSpan drawnAt;
    private bool drawn;

    public void Report(T value)
    {
        var now = clock.Elapsed;
        if (now < Patience || now - drawnAt < Interval || !drawing.TryEnter())
            return;
        try
        {
            drawnAt = now;
            drawn = true;
            Console.Error.Write($"\r\e[K{words(value)}");
        }
        finally
        {
            drawing.Exit();
        }
    }

    public void Dispose()
    {
        if (drawn)
            Console.Error.Write("\r\e[K");
    }
}

/// <summary>The lines of long works, for a person who watches; null when nobody does.</summary>
internal static class ProgressLine
{
    /// <summary>How far a scan has come.</summary>
    public static ProgressLine<ScanProgress>? ForTerminal(bool quiet) => quiet || !Terminal.ShowsProgress ? null : new(ScanWords);

    /// <summary>How far a work over the entries of a log has come.</summary>
    /// <param name="quiet">True for nothing.</param>
    /// <param name="work">What is done with them, such as “verifying”.</param>
    /// <param name="entries">Entries of the log.</param>
    public static ProgressLine<ulong>? OverEntries(bool quiet, string work, ulong entries) => quiet || !Terminal.ShowsProgress
        ? null
        : new(done => string.Create(CultureInfo.InvariantCulture, $"{work} {done} of {entries} entries ({100.0 * done / entries:0} %)"));

    private static string ScanWords(ScanProgress value)
    {
        var share = value.FilesSeen == 0 ? 0 : 100 * (long)value.FilesRead / value.FilesSeen;
        var size = value.BytesRead == 0 ? "" : $", {Sizes.Show(value.BytesRead)}";
        return $"reading {value.FilesRead} of {value.FilesSeen} {value.Reading} ({share} %){size}";
    }
}
