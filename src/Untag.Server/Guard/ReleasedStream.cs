using System.IO.Pipelines;

namespace Untag.Server.Guard;

/// <summary>What a filter has released so far, as a stream. The filter runs beside whoever reads, and no further ahead than the pipe
/// allows. Letting the stream go ends the filter.</summary>
internal sealed class ReleasedStream : BodyStream
{
    private readonly PipeReader reader;
    private readonly Stream stream;
    private readonly CancellationTokenSource ending;
    private bool isDisposed;

    /// <param name="reader">Where the filter's output is read.</param>
    /// <param name="filter">The filter. It completes the writer, and does not throw.</param>
    /// <param name="cancellation">Ends it.</param>
    public ReleasedStream(PipeReader reader, Func<CancellationToken, Task> filter, CancellationToken cancellation)
    {
        this.reader = reader;
        stream = reader.AsStream(leaveOpen: true);
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Filtered = filter(ending.Token);
    }

    /// <summary>Ends when the filter does.</summary>
    public Task Filtered { get; }

    /// <summary>Waits until something is released, or nothing will be.</summary>
    /// <exception cref="Replies.ReplyRefusedException">The filter refused before it released anything.</exception>
    public async Task FirstByteAsync(CancellationToken cancellation)
    {
        var first = await reader.ReadAsync(cancellation);
        reader.AdvanceTo(first.Buffer.Start);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        stream.ReadAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isDisposed)
        {
            isDisposed = true;
            ending.Cancel();
            reader.Complete(); // a filter that waits for room goes on, and ends
            ending.Dispose(); // it hangs on the token of a request, which YARP uses again
        }

        base.Dispose(disposing);
    }
}
