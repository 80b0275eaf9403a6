using System.Collections.Frozen;
using Untag.Server.Guard.Replies.Contracts;
using Untag.Server.Guard.Replies.Grpc;

namespace Untag.Server.Guard.Replies;

/// <summary>What is known of a reply before its body: what its header says, and what its route demands.</summary>
public sealed record ReplyHead
{
    /// <summary>Media type without parameters, in any case; null when the reply names none.</summary>
    public string? MediaType { get; init; }

    /// <summary>The parameter <c>charset</c>; null without one.</summary>
    public string? Charset { get; init; }

    /// <summary>The parameter <c>boundary</c> of a reply in parts.</summary>
    public string? Boundary { get; init; }

    /// <summary>The content encodings in the order in which they were applied; <c>identity</c> counts for nothing.</summary>
    public IReadOnlyList<string> ContentEncodings { get; init; } = [];

    /// <summary>What becomes of a reply that carries a tag.</summary>
    public ReplyMode Mode { get; init; } = ReplyMode.Strip;

    /// <summary>What the operation declares to answer; null for a route without a contract.</summary>
    public ReplyContract? Contract { get; init; }

    /// <summary>What the method of a gRPC route answers; null elsewhere.</summary>
    public GrpcReply? Grpc { get; init; }

    /// <summary>How packed messages of gRPC are packed (<c>grpc-encoding</c>); null when the reply does not say.</summary>
    public string? GrpcEncoding { get; init; }

    /// <summary>The names of the tensors that may pass; null when the route lists none, and names are judged by the
    /// policy alone.</summary>
    public IReadOnlySet<string>? Tensors { get; init; }

    /// <summary>True when the pieces of a language model's answer are held until it is complete; else until its sentence is.
    /// </summary>
    public bool HoldsAnswersUntilDone { get; init; }

    /// <summary>Bytes of the JSON at the beginning of a reply with raw tensors behind it
    /// (<c>Inference-Header-Content-Length</c>); null without one.</summary>
    public int? InferenceHeaderBytes { get; init; }

    /// <summary>Told the new value of <see cref="InferenceHeaderBytes"/> before the first byte is written.</summary>
    public Action<int>? TellInferenceHeaderBytes { get; init; }

    /// <summary>Media types of parts, in lower case, that pass without being inspected, such as <c>image/jpeg</c>. Whoever lists
    /// one answers for what is drawn into it.</summary>
    public IReadOnlySet<string> OpaqueParts { get; init; } = FrozenSet<string>.Empty;
}
