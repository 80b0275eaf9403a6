namespace Untag.Server.Guard.Replies.Json;

/// <summary>Writes the members of one object or list one after the other, so that commas fit whatever is left out.</summary>
/// <remarks>Bytes go on as they are. What is left out takes with it the comma before it, or, before the first member that
/// stays, the comma behind it.</remarks>
internal struct Seam
{
    private bool hasKept;
    private bool hasRemoved;

    /// <summary>Where the bytes begin that a member goes on with.</summary>
    /// <param name="held">The bytes.</param>
    /// <param name="cursor">End of what was written or left out.</param>
    /// <param name="begin">Where the member begins.</param>
    public int Keep(ReadOnlySpan<byte> held, int cursor, int begin)
    {
        var from = hasKept || !hasRemoved ? cursor : cursor + held[cursor..begin].IndexOf((byte)',') + 1;
        hasKept = true;
        return from;
    }

    /// <summary>Leaves a member out.</summary>
    public void Remove() => hasRemoved = true;
}
