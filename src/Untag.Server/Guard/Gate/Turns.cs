namespace Untag.Server.Guard.Gate;

/// <summary>Work that is done one piece after the other, in the order in which it came: what came while a piece was done is the next
/// piece. It has no thread of its own: waking one for each piece costs more than most pieces do.</summary>
/// <typeparam name="T">What comes.</typeparam>
/// <param name="work">Told what came since the last time, perhaps nothing, and whether it was rung for. It may return what can be done when
/// the turn is over, beside the next one. It does not throw, and neither does that.</param>
internal sealed class Turns<T>(Func<IReadOnlyList<T>, bool, Action?> work) : IThreadPoolWorkItem, IDisposable
{
    private readonly Lock entrance = new();
    private readonly ManualResetEventSlim isIdle = new(initialState: true);
    private List<T> waiting = [];
    private bool isRung;
    private bool isClosed;

    /// <summary>Something comes.</summary>
    /// <returns>False when nothing is taken any more.</returns>
    public bool Add(T item)
    {
        lock (entrance)
        {
            if (isClosed)
                return false;
            waiting.Add(item);
            Begin();
            return true;
        }
    }

    /// <summary>Has a turn taken although nothing came.</summary>
    public void Ring()
    {
        lock (entrance)
        {
            if (isClosed)
                return;
            isRung = true;
            Begin();
        }
    }

    /// <summary>Takes nothing more, and returns when all that came is done.</summary>
    public void Dispose()
    {
        lock (entrance)
            isClosed = true;
        isIdle.Wait();
        isIdle.Dispose();
    }

    void IThreadPoolWorkItem.Execute()
    {
        List<T> came;
        bool rung;
        lock (entrance)
        {
            (came, waiting) = (waiting, []);
            (rung, isRung) = (isRung, false);
        }

        var rest = work(came, rung);
        bool isOver;
        lock (entrance)
        {
            isOver = waiting.Count == 0 && !isRung;
            if (isOver)
                isIdle.Set();
        }

        if (!isOver)
            Queue();
        rest?.Invoke();
    }

    private void Begin()
    {
        if (!isIdle.IsSet)
            return;
        isIdle.Reset();
        Queue();
    }

    // Behind what waits already: more has come by then, and is done together.
    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
