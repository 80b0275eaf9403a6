using System.Collections.Concurrent;
using Untag.Guard;
using Untag.Scan.Reports;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Server.Guard.Gate;

/// <summary>Keeps the log of a guard. An answer that was changed or refused waits here until its entry is durable.</summary>
/// <remarks>
/// <list type="number">
/// <item>one thread owns the log: entries that arrive while the disk is busy are written together, with one wait;</item>
/// <item>each second it seals what the ledger counted, and publishes a checkpoint;</item>
/// <item>when the disk fails, all who wait are told so, the gate is shut, and the log is opened anew until that works.</item>
/// </list>
/// </remarks>
internal sealed partial class LogGate : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Waiting> queue = [];
    private readonly string folder;
    private readonly SigningKey key;
    private readonly Ledger ledger;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Thread writer;
    private readonly List<GuardRecord> unsealed = []; // what was closed and is not in the log yet
    private LogStore? store;
    private volatile bool isOpen = true;

    private LogGate(string folder, SigningKey key, LogStore store, ulong run, Ledger ledger, TimeProvider clock, ILogger logger)
    {
        this.folder = folder;
        this.key = key;
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
        this.logger = logger;
        Run = run;
        writer = new Thread(Write) { IsBackground = true, Name = "log of the guard" };
        writer.Start();
    }

    /// <summary>Number of this run.</summary>
    public ulong Run { get; }

    /// <summary>False while the disk does not take entries: then nothing may be answered.</summary>
    public bool IsOpen => isOpen;

    /// <summary>Opens the log and writes that a run began.</summary>
    /// <exception cref="ServerError">It cannot be opened.</exception>
    public static LogGate Open(GuardSetup setup, Ledger ledger, TimeProvider clock, ILogger logger)
    {
        var key = LogKey.Open(setup);
        try
        {
            var store = LogStore.Open(setup.LogFolder, key);
            try
            {
                store.Publish(); // what the last run left unpublished can be read then
                var uncounted = LastRun.Uncounted(setup.LogFolder);
                var started = new GuardRecord.Started(setup.Section.Replica ?? "guard", ToolVersion.Version, clock.GetUtcNow(), uncounted);
                var run = store.Append(started.ToEntry().ToBytes());
                return new LogGate(setup.LogFolder, key, store, run, ledger, clock, logger);
            }
            catch
            {
                store.Dispose();
                throw;
            }
        }
        catch (LogDamageException problem)
        {
            throw new ServerError($"the log of the guard cannot be used: {problem.Message}", "`untag log verify` tells more; name another folder for a new log: --log");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServerError($"the log of the guard cannot be written: {FileProblem.InWords(problem)}", "name a folder that may be written, with room: --log");
        }
    }

    /// <summary>Writes a record.</summary>
    /// <returns>Ends when it is durable.</returns>
    /// <exception cref="LogShutException">The disk does not take it; thrown when it is awaited.</exception>
    public Task WriteAsync(GuardRecord record)
    {
        if (!isOpen)
            return Task.FromException(new LogShutException());
        var waiting = new Waiting(record.ToEntry().ToBytes());
        try
        {
            queue.Add(waiting);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException(new LogShutException());
        }

        return waiting.Written.Task;
    }

    /// <summary>Seals what is left, says that the run ended, and closes the log.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        writer.Join();
        store?.Dispose();
        queue.Dispose();
    }

    private void Write()
    {
        var sealedAt = clock.GetTimestamp();
        while (!queue.IsCompleted)
        {
            var rest = Second - clock.GetElapsedTime(sealedAt);
            if (rest > TimeSpan.Zero && queue.TryTake(out var first, rest))
                WriteAll(first);
            if (clock.GetElapsedTime(sealedAt) < Second)
                continue;
            sealedAt = clock.GetTimestamp();
            Seal();
        }

        Seal();
        var sums = ledger.Sums();
        if (sums.Open == 0)
        {
            unsealed.Add(new GuardRecord.Stopped(Run, clock.GetUtcNow(), sums.Requests));
            Seal();
        }
    }

    private void WriteAll(Waiting first)
    {
        List<Waiting> batch = [first];
        while (queue.TryTake(out var next))
            batch.Add(next);
        try
        {
            Store().Append([.. batch.Select(waiting => (ReadOnlyMemory<byte>)waiting.Entry)]);
            batch.ForEach(waiting => waiting.Written.SetResult());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or LogDamageException)
        {
            Shut(problem);
            batch.ForEach(waiting => waiting.Written.SetException(new LogShutException()));
        }
    }

    private void Seal()
    {
        try
        {
            if (ledger.Seal(Run, clock.GetUtcNow()) is { } totals)
                unsealed.Add(totals);
            var log = Store();
            if (unsealed.Count > 0)
            {
                log.Append([.. unsealed.Select(record => (ReadOnlyMemory<byte>)record.ToEntry().ToBytes())]);
                unsealed.Clear();
            }

            log.Publish();
            if (isOpen)
                return;
            isOpen = true;
            TellOpen(logger);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or LogDamageException)
        {
            Shut(problem);
        }
    }

    // A log whose disk failed must be opened anew: only then is it known what the disk has taken.
    private LogStore Store()
    {
        if (store is not null)
            return store;
        store = LogStore.Open(folder, key);
        store.Publish();
        var durable = LastRun.Newest(folder).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        unsealed.RemoveAll(record => durable.Contains(Convert.ToHexString(record.ToEntry().ToBytes())));
        return store;
    }

    private void Shut(Exception problem)
    {
        store?.Dispose();
        store = null;
        if (isOpen)
            TellShut(logger, problem is LogDamageException ? problem.Message : FileProblem.InWords(problem));
        isOpen = false;
    }

    [LoggerMessage(1, LogLevel.Critical, "the log cannot be written, and nothing is answered until it can: {Reason}")]
    private static partial void TellShut(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Warning, "the log can be written again")]
    private static partial void TellOpen(ILogger logger);

    private sealed record Waiting(byte[] Entry)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
