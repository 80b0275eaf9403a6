namespace Untag.Server.Guard.Replies;

/// <summary>What becomes of a reply that carries a tag.</summary>
public enum ReplyMode
{
    /// <summary>The tag is taken out and the rest passes.</summary>
    Strip,

    /// <summary>The reply is refused.</summary>
    Block,

    /// <summary>The reply passes as it is and the tag is counted: nothing is enforced.</summary>
    Observe,
}
