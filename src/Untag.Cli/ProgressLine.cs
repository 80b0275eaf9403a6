using System.Diagnostics;
using Untag.Scan;

namespace Untag.Cli;

/// <summary>One line on standard error that tells how far a scan has come: only on a terminal, only when it takes long.</summary>
internal sealed class ProgressLine : IProgress<ScanProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock drawing = new();
    private TimeSpan drawnAt;
    private bool drawn;

    private ProgressLine()
    {
    }

    /// <summary>A line for a person who watches; null when nobody does.</summary>
    public static ProgressLine? ForTerminal(bool quiet) => quiet || !Terminal.ShowsProgress ? null : new ProgressLine();

    public void Report(ScanProgress value)
    {
        var now = clock.Elapsed;
        if (now < Patience || now - drawnAt < Interval || !drawing.TryEnter())
            return;
        try
        {
            drawnAt = now;
            drawn = true;
            var share = value.FilesSeen == 0 ? 0 : 100 * (long)value.FilesRead / value.FilesSeen;
            var size = value.BytesRead == 0 ? "" : $", {Sizes.Show(value.BytesRead)}";
            Console.Error.Write($"\r\e[Kreading {value.FilesRead} of {value.FilesSeen} {value.Reading} ({share} %){size}");
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
