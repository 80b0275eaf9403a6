namespace Untag.Server.Guard.Replies;

/// <summary>A reply must not pass, or not its rest. No message holds a byte of the reply.</summary>
public sealed class ReplyRefusedException : Exception
{
    /// <param name="refusal">Why.</param>
    public ReplyRefusedException(Refusal refusal)
        : base(refusal.Words)
    {
        Refusal = refusal;
    }

    /// <summary>Why.</summary>
    public Refusal Refusal { get; }
}

/// <summary>Why a reply was refused.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Words">A sentence for the client and the log, without any value of the reply.</param>
/// <param name="Rules">Codes of the rules that it would break; empty when it could not be inspected.</param>
public sealed record Refusal(RefusalReason Reason, string Words, IReadOnlyList<string> Rules)
{
    /// <summary>A reply that could not be inspected.</summary>
    public static ReplyRefusedException Uninspectable(RefusalReason reason, string words) =>
        new(new Refusal(reason, words, []));

    /// <summary>A reply that is not the JSON that it should be.</summary>
    public static ReplyRefusedException Malformed() => Uninspectable(RefusalReason.Malformed, "the reply is no JSON");
}

/// <summary>Kinds of reasons to refuse a reply.</summary>
public enum RefusalReason
{
    /// <summary>It carries a tag, and the route refuses such replies.</summary>
    Tag,

    /// <summary>It carries a tag at a place from which it cannot be taken any more, or not without the rest.</summary>
    TagInLargeValue,

    /// <summary>Its media type is none that can be inspected.</summary>
    MediaType,

    /// <summary>It is in another character set than it must be, or in damaged UTF-8.</summary>
    Charset,

    /// <summary>It is packed in a way that is not unpacked.</summary>
    Encoding,

    /// <summary>It is not what its media type says.</summary>
    Malformed,

    /// <summary>An object names a field twice: which one counts would be up to the client.</summary>
    DuplicateName,

    /// <summary>It goes beyond a limit.</summary>
    Limit,

    /// <summary>What is needed to inspect it was not given.</summary>
    NoDescriptor,
}
