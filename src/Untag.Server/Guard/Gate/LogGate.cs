using Untag.Guard;
using Untag.Scan.Reports;
using Untag.TransparencyLog;

namespace Untag.Server.Guard.Gate;

/// <summary>Keeps the log of a guard. An answer that was changed or refused waits here until its entry is durable.</summary>
/// <remarks>
/// <list type="number">
/// <item>the log is written in turns: entries that arrive during one are written together in the next, with one wait, and what a run says
/// is in the order in which it was said;</item>
/// <item>each second it seals what the ledger counted, and has a checkpoint published;</item>
/// <item>when the disk or the database fails, all who wait are told so, the gate is shut, and the log is opened anew until that works.
/// </item>
/// </list>
/// </remarks>
internal sealed partial class LogGate : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly IGuardLog log;
    private readonly Ledger ledger;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Turns<Waiting> turns;
    private readonly ITimer seconds;
    private readonly List<GuardRecord> unsealed = []; // what was closed and is not in the log yet
    private long saidAt;
    private bool hasFailed; // the log must be opened anew
    private volatile string? shutBecause;

    private LogGate(IGuardLog log, string run, Ledger ledger, TimeProvider clock, TimeSpan second, ILogger logger)
    {
        this.log = log;
        this.ledger = ledger;
        this.clock = clock;
        this.logger = logger;
        Run = run;
        saidAt = clock.GetTimestamp();
        turns = new Turns<Waiting>(Write);
        seconds = clock.CreateTimer(_ => turns.Ring(), null, second, second);
    }

    /// <summary>Name of this run.</summary>
    public string Run { get; }

    /// <summary>False while the log does not take entries: then nothing may be answered.</summary>
    public bool IsOpen => shutBecause is null;

    /// <summary>The log that a guard was told to keep; it is not opened.</summary>
    /// <exception cref="ServerError">It cannot be used.</exception>
    public static IGuardLog LogOf(GuardSetup setup, ILogger logger) =>
        setup.Section.LogDatabase is null ? new FileLog(setup.LogFolder, LogKey.Open(setup)) : DatabaseLog.Of(setup, logger);

    /// <summary>Opens a log and writes that a run began.</summary>
    /// <exception cref="ServerError">It cannot be opened.</exception>
    public static LogGate Open(IGuardLog log, string replica, Ledger ledger, TimeProvider clock, ILogger logger)
    {
        try
        {
            return Begin(log, replica, ledger, clock, Second, logger);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or LogDamageException)
        {
            log.Dispose();
            throw problem is LogDamageException
                ? new ServerError($"the log of the guard cannot be used: {problem.Message}", log.WhenUnusable)
                : new ServerError($"the log of the guard cannot be written: {FileProblem.InWords(problem)}", log.WhenUnwritable);
        }
    }

    /// <summary>Opens a log and writes that a run began.</summary>
    /// <param name="log">The log.</param>
    /// <param name="replica">Which of several guards it is.</param>
    /// <param name="ledger">What counts.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="second">How often it seals.</param>
    /// <param name="logger">Told when it cannot be written.</param>
    /// <exception cref="IOException">It does not work.</exception>
    /// <exception cref="LogDamageException">It cannot be used.</exception>
    internal static LogGate Begin(IGuardLog log, string replica, Ledger ledger, TimeProvider clock, TimeSpan second, ILogger logger)
    {
        var uncounted = LastRun.Uncounted(log.Open());
        var started = new GuardRecord.Started(GuardRun.NewName(), replica, ToolVersion.Version, clock.GetUtcNow(), uncounted);
        log.Append([started]);
        return new LogGate(log, started.Run, ledger, clock, second, logger);
    }

    /// <summary>Writes a record.</summary>
    /// <returns>Ends when it is durable.</returns>
    /// <exception cref="LogShutException">The log does not take it; thrown when it is awaited.</exception>
    public Task WriteAsync(GuardRecord record)
    {
        if (!IsOpen)
            return Task.FromException(new LogShutException());
        var waiting = new Waiting(record);
        return turns.Add(waiting) ? waiting.Written.Task : Task.FromException(new LogShutException());
    }

    /// <summary>Seals what is left, says that the run ended, and closes the log.</summary>
    public void Dispose()
    {
        seconds.Dispose();
        turns.Dispose();
        Try(End);
        log.Dispose();
    }

    // Whoever wrote goes on with one of the answers that waited; the others go on elsewhere.
    private Action? Write(IReadOnlyList<Waiting> waiting, bool isSecondOver)
    {
        Action? last = null;
        if (waiting.Count > 0)
        {
            var isDurable = Try(() => log.Append([.. waiting.Select(one => one.Record)]));
            var elsewhere = isSecondOver ? waiting.Count : waiting.Count - 1; // nobody waits for the end of a second
            for (var i = 0; i < elsewhere; i++)
                ThreadPool.UnsafeQueueUserWorkItem(static one => one.Waiting.End(one.IsDurable), (Waiting: waiting[i], IsDurable: isDurable), preferLocal: true);
            if (elsewhere < waiting.Count)
                last = () => waiting[^1].End(isDurable);
        }

        if (isSecondOver)
            Try(Seal);
        return last;
    }

    private void Seal()
    {
        // While the log does not take a second the ledger counts on: what follows is one long second.
        if (unsealed.Count == 0)
            Close();
        WriteUnsealed();
        log.Publish();
        if (shutBecause is null)
            return;
        shutBecause = null;
        TellOpen(logger);
    }

    private void End()
    {
        WriteUnsealed();
        Close();
        var sums = ledger.Sums();
        if (sums.Open == 0)
            unsealed.Add(new GuardRecord.Stopped(Run, clock.GetUtcNow(), sums.Requests));
        WriteUnsealed();
        log.Publish();
    }

    private void Close()
    {
        var isDue = log.IsShared && clock.GetElapsedTime(saidAt) >= GuardRun.SilenceMax;
        if (ledger.Seal(Run, clock.GetUtcNow(), evenIfEmpty: isDue) is { } totals)
            unsealed.Add(totals);
    }

    private void WriteUnsealed()
    {
        if (unsealed.Count == 0)
            return;
        log.Append(unsealed);
        unsealed.Clear();
        saidAt = clock.GetTimestamp();
    }

    private bool Try(Action work)
    {
        try
        {
            if (hasFailed)
                OpenAnew();
            work();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or LogDamageException)
        {
            Shut(problem is LogDamageException ? problem.Message : FileProblem.InWords(problem));
            return false;
        }
    }

    // Of what was to be written when it failed some may be there.
    private void OpenAnew()
    {
        var newest = log.Open();
        if (newest?.Run != Run)
            throw new LogDamageException("it is not that of this run any more: another guard has begun one");
        var entry = newest.ToEntry().ToBytes();
        unsealed.RemoveRange(0, unsealed.FindLastIndex(record => record.ToEntry().ToBytes().AsSpan().SequenceEqual(entry)) + 1);
        hasFailed = false;
    }

    private void Shut(string because)
    {
        hasFailed = true;
        if (shutBecause != because)
            TellShut(logger, because);
        shutBecause = because;
    }

    [LoggerMessage(1, LogLevel.Critical, "the log cannot be written, and nothing is answered until it can: {Reason}")]
    private static partial void TellShut(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Warning, "the log can be written again")]
    private static partial void TellOpen(ILogger logger);

    private sealed record Waiting(GuardRecord Record)
    {
        public TaskCompletionSource Written { get; } = new();

        public void End(bool isDurable)
        {
            if (isDurable)
                Written.SetResult();
            else
                Written.SetException(new LogShutException());
        }
    }
}
