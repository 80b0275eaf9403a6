namespace Untag.Server.Guard.Replies.Contracts;

/// <summary>What one operation declares to answer.</summary>
public sealed class ReplyContract
{
    internal ReplyContract(Schema schema)
    {
        Schema = schema;
    }

    internal Schema Schema { get; }
}
