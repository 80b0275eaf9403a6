namespace Untag.Server.Guard.Replies;

/// <summary>Reads the body of a reply piece by piece and writes into the pass what may go on. The result does not depend on
/// where the pieces are cut.</summary>
internal abstract class BodyFilter : IDisposable
{
    /// <summary>True when the client waits for every piece, not for the end.</summary>
    public virtual bool IsLive => false;

    /// <summary>True for a stream that goes on as long as somebody watches it: only what is held of it at once is bounded.</summary>
    public virtual bool IsEndless => false;

    /// <summary>Asked before anything else when a whole body lies there: some can be settled with less work.</summary>
    /// <param name="body">All of it.</param>
    /// <exception cref="ReplyRefusedException">It must not pass.</exception>
    public virtual WholeBody Settle(ReadOnlySpan<byte> body) => WholeBody.IsTaken;

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="ReplyRefusedException">The rest must not pass.</exception>
    public abstract void Take(ReadOnlySpan<byte> bytes);

    /// <summary>Takes the end of the body.</summary>
    /// <exception cref="ReplyRefusedException">The rest must not pass.</exception>
    public abstract void End();

    /// <summary>Lets go of what was held.</summary>
    public abstract void Dispose();
}
