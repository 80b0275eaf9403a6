namespace Untag.Server.Guard.Replies.Names;

/// <summary>What a text says.</summary>
internal enum Saying
{
    /// <summary>Neither a trait nor a group.</summary>
    Nothing,

    /// <summary>The name of a trait.</summary>
    Name,

    /// <summary>A group of people.</summary>
    Group,
}
