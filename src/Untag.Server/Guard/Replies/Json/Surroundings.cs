namespace Untag.Server.Guard.Replies.Json;

/// <summary>The object or list that a value stands in.</summary>
/// <param name="at">Its node.</param>
internal struct Surroundings(int at)
{
    /// <summary>Those of a value that stands in what is not complete: nothing can be told from them.</summary>
    public static Surroundings Unknown => new(-1);

    /// <summary>Its node.</summary>
    public readonly int At => at;

    public readonly bool AreKnown => at >= 0;

    /// <summary>What its members say; null until one of them asks. There may be thousands that ask, and it is gathered once.</summary>
    public SaidTogether? Said { get; set; }
}
