using System.Runtime.ExceptionServices;

namespace Untag.Scan;

/// <summary>Does many pieces of work at the same time.</summary>
internal static class Workers
{
    /// <summary>Does pieces 0 to <paramref name="count"/>, each by the worker that is free first. Every worker keeps its
    /// thread and its buffers to the end.</summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="workers">Workers at the same time, at least one.</param>
    /// <param name="start">Makes a worker, which does the piece that it is given the number of.</param>
    /// <param name="cancellation">Ends the work between two pieces.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static void Run(int count, int workers, Func<Action<int>> start, CancellationToken cancellation)
    {
        var next = -1;
        ExceptionDispatchInfo? problem = null;
        var others = new Thread[Math.Max(0, Math.Min(workers, count) - 1)];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Work, StackBytes);
            others[i].Start();
        }

        Work();
        foreach (var other in others)
            other.Join();
        problem?.Throw();
        if (next + 1 < count)
            cancellation.ThrowIfCancellationRequested(); // some pieces were not begun

        void Work()
        {
            try
            {
                var work = start();
                while (problem is null && !cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var piece && piece < count)
                    work(piece);
            }
            catch (Exception thrown)
            {
                problem ??= ExceptionDispatchInfo.Capture(thrown);
            }
        }
    }

    private const int StackBytes = 8 << 20; // as much as the first thread has
}
