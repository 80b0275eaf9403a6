using System.Diagnostics;

namespace Untag.Scan.Timing;

/// <summary>What a scan spends its time on.</summary>
public enum Stage
{
    /// <summary>Finding the files of a folder.</summary>
    Listing,

    /// <summary>Opening files and waiting for their bytes.</summary>
    Opening,

    /// <summary>Taking archives and compressed files apart.</summary>
    Unpacking,

    /// <summary>Searching raw bytes for the words of the policy.</summary>
    Searching,

    /// <summary>Turning files into tokens.</summary>
    Reading,

    /// <summary>Finding the terms in tokens, and the places that may be tags.</summary>
    Matching,

    /// <summary>Judging these places when all files are read.</summary>
    Judging,
}

/// <summary>Tells what a worker spends its time on. Of stages inside each other the innermost one counts: what an
/// archive hands out is unpacked while it is read.</summary>
/// <remarks>For one thread.</remarks>
internal sealed class StageClock
{
    private readonly long[] ticks = new long[Enum.GetValues<Stage>().Length];
    private Stage current = Stage.Opening;
    private long since = Stopwatch.GetTimestamp();

    /// <summary>Time spent in a stage so far.</summary>
    public TimeSpan this[Stage stage] => Stopwatch.GetElapsedTime(0, ticks[(int)stage]);

    /// <summary>Begins a stage.</summary>
    /// <returns>The stage that it interrupts, to be begun again afterwards.</returns>
    public Stage Enter(Stage stage)
    {
        var now = Stopwatch.GetTimestamp();
        ticks[(int)current] += now - since;
        since = now;
        var interrupted = current;
        current = stage;
        return interrupted;
    }

    /// <summary>Ends the stage that is going on.</summary>
    public void Stop() => Enter(current);
}

/// <summary>A stage that lasts until this is disposed.</summary>
internal readonly ref struct InStage
{
    private readonly StageClock? clock;
    private readonly Stage interrupted;

    /// <param name="clock">The clock of the worker; null when nobody asks for times.</param>
    /// <param name="stage">The stage that begins.</param>
    public InStage(StageClock? clock, Stage stage)
    {
        this.clock = clock;
        interrupted = clock?.Enter(stage) ?? stage;
    }

    public void Dispose() => clock?.Enter(interrupted);
}
