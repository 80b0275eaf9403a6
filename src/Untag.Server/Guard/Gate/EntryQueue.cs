using Untag.Guard;

namespace Untag.Server.Guard.Gate;

/// <summary>An entry that somebody waits for.</summary>
internal sealed record WaitingEntry(GuardRecord Record)
{
    /// <summary>Ends when it is durable.</summary>
    public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Entries on their way to the one thread that writes them, which takes all that have gathered. It sleeps until one comes: the
/// framework's collections first turn in place, which costs a small machine more than the entry.</summary>
internal sealed class EntryQueue
{
    private readonly object gate = new();
    private List<WaitingEntry> waiting = [];
    private bool isClosed;

    /// <summary>True once it is closed and nothing waits.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (gate)
                return isClosed && waiting.Count == 0;
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <returns>False when it is closed.</returns>
    public bool TryAdd(WaitingEntry entry)
    {
        lock (gate)
        {
            if (isClosed)
                return false;
            waiting.Add(entry);
            if (waiting.Count == 1)
                Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>Takes all entries that wait; empty when none came in time, or the queue was closed.</summary>
    /// <param name="time">How long to wait for the first one.</param>
    public List<WaitingEntry> TakeAll(TimeSpan time)
    {
        lock (gate)
        {
            if (waiting.Count == 0 && !isClosed)
                Monitor.Wait(gate, time);
            var all = waiting;
            waiting = [];
            return all;
        }
    }

    /// <summary>Lets nothing more in.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.Pulse(gate);
        }
    }
}
