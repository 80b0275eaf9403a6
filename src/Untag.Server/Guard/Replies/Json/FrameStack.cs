namespace Untag.Server.Guard.Replies.Json;

/// <summary>The objects and lists that have begun and not ended. The first of them are opened: their members are written one by one. The
/// others are held.</summary>
/// <param name="path">The way through those that are opened.</param>
internal sealed class FrameStack(PathOfNames path)
{
    private readonly List<Frame> frames = []; // those that ended are used again
    private int opened;

    /// <summary>Number of all.</summary>
    public int Depth { get; private set; }

    /// <summary>True when one is held.</summary>
    public bool IsHolding => Depth > opened;

    /// <summary>The outermost that is held.</summary>
    public Frame Held => frames[opened];

    /// <summary>The innermost that is opened; null when the whole document is held.</summary>
    public Frame? Opened => opened > 0 ? frames[opened - 1] : null;

    /// <summary>The innermost; null outside of all.</summary>
    public Frame? Innermost => Depth > 0 ? frames[Depth - 1] : null;

    /// <summary>The one around the innermost; null when there is none.</summary>
    public Frame? AroundInnermost => Depth > 1 ? frames[Depth - 2] : null;

    /// <summary>True when in one that is held a word bears on its other members.</summary>
    public bool HoldsCompany => frames.FindIndex(opened, Depth - opened, frame => frame.HasCompany) >= 0;

    /// <summary>True for one that is opened.</summary>
    public bool IsOpened(Frame frame) => frame.Depth < opened;

    /// <summary>One more has begun.</summary>
    public void Begin(bool isObject, in HeldValue value)
    {
        if (Depth == frames.Count)
            frames.Add(new Frame(Depth));
        frames[Depth].Reset(isObject, value, Innermost);
        Depth++;
    }

    /// <summary>The innermost has ended, and was held.</summary>
    public Frame End() => frames[--Depth];

    /// <summary>Opens the outermost that is held.</summary>
    public void Open()
    {
        var frame = frames[opened++];
        if (frame.Name is not null)
            path.Push(frame.Name);
        if (!frame.IsObject)
            path.Push(null);
    }

    /// <summary>The innermost has ended, and was opened.</summary>
    public Frame Close()
    {
        opened--;
        var frame = frames[--Depth];
        if (!frame.IsObject)
            path.Pop();
        if (frame.Name is not null)
            path.Pop();
        return frame;
    }

    /// <summary>The bytes that are held lost their first ones.</summary>
    public void Shift(int bytes)
    {
        for (var i = opened; i < Depth; i++)
            frames[i].Shift(bytes);
    }
}
