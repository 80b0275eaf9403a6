namespace Untag.Server.Guard.Replies.Grpc;

/// <summary>What a method answers.</summary>
public sealed class GrpcReply
{
    internal GrpcReply(GrpcDescriptors descriptors, string message)
    {
        Descriptors = descriptors;
        Message = message;
    }

    internal GrpcDescriptors Descriptors { get; }

    /// <summary>Full name of the message.</summary>
    public string Message { get; }
}
