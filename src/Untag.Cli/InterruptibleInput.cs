namespace Untag.Cli;

/// <summary>Standard input whose reader can be stopped: whoever types it may never end it.</summary>
internal sealed class InterruptibleInput(Stream input, CancellationToken cancellation) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads; the read that was begun is left alone when it is interrupted, since nothing can stop it.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var reading = Task.Run(() => input.Read(buffer, offset, count), CancellationToken.None);
        Task.WaitAny([reading], cancellation);
        return reading.GetAwaiter().GetResult();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
