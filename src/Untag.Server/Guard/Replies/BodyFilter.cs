namespace Untag.Server.Guard.Replies;

/// <summary>Reads the body of a reply piece by piece and writes into the pass what may go on. The result does not depend on
/// where the pieces are cut.</summary>
internal abstract class BodyFilter : IDisposable
{
    /// <summary>True when the client waits for every piece, not for the end.</summary>
    public virtual bool IsLive => false;

    /// <summary>Asked instead of anything else, or before it, when a whole body lies there.</summary>
    /// <param name="body">All of it.</param>
    /// <returns>True when it passes as it is; false when it must be taken.</returns>
    public virtual bool PassesAsItIs(ReadOnlySpan<byte> body) => false;

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="ReplyRefusedException">The rest must not pass.</exception>
    public abstract void Take(ReadOnlySpan<byte> bytes);

    /// <summary>Takes the end of the body.</summary>
    /// <exception cref="ReplyRefusedException">The rest must not pass.</exception>
    public abstract void End();

    /// <summary>Lets go of what was held.</summary>
    public abstract void Dispose();
}
