using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>A value as it lies in the bytes that are held.</summary>
/// <param name="Name">Its name; null in a list and for the whole document.</param>
/// <param name="NameStart">Where the name begins; -1 when it has none.</param>
/// <param name="Start">Where it begins.</param>
internal readonly record struct HeldValue(ReplyWord? Name, int NameStart, int Start)
{
    /// <summary>Where it begins with its name.</summary>
    public int Begin => NameStart >= 0 ? NameStart : Start;

    /// <summary>The same when the bytes lost their first ones.</summary>
    public HeldValue Shifted(int bytes) => this with { NameStart = NameStart < 0 ? -1 : NameStart - bytes, Start = Start - bytes };
}
