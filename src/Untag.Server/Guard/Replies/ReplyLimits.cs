namespace Untag.Server.Guard.Replies;

/// <summary>Bounds on the work and memory that one reply may cost. What lies beyond is refused.</summary>
public sealed record ReplyLimits
{
    /// <summary>The limits that hold where none are given.</summary>
    public static ReplyLimits Default { get; } = new();

    /// <summary>Bytes of a value that are held until all of it is known; a larger object or list is judged member by
    /// member as it comes.</summary>
    public int HoldBytes { get; init; } = 128 << 10;

    /// <summary>Bytes of one name, text or number.</summary>
    public int TokenBytes { get; init; } = 8 << 20;

    /// <summary>Bytes of a reply, as it comes and unpacked.</summary>
    public long TotalBytes { get; init; } = 32L << 20;

    /// <summary>Objects and lists in one another.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Names in one object.</summary>
    public int Names { get; init; } = 10_000;

    /// <summary>Texts that hold JSON in one another.</summary>
    public int NestedTexts { get; init; } = 3;

    /// <summary>Unpacked bytes for one packed byte, once more than <see cref="HoldBytes"/> are unpacked.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Answers of language models in a stream: of each what was said last is remembered.</summary>
    public int Answers { get; init; } = 100_000;

    /// <summary>Parts of a reply in parts.</summary>
    public int Parts { get; init; } = 1_000;
}
