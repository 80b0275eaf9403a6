namespace Untag.Scan.Reading.Binaries;

/// <summary>What a look at the headers of a file tells, before its structure is read.</summary>
/// <param name="HiddenText">Text in UTF-8 that a search of the raw bytes does not see, such as strings in UTF-16.</param>
/// <param name="Problem">Why the file is not whole; null when it seems so.</param>
internal readonly record struct Outline(byte[] HiddenText, string? Problem)
{
    /// <summary>Where instructions stand, and other bytes that nobody wrote as text.</summary>
    public IReadOnlyList<CodeRange> Code { get; init; } = [];

    /// <summary>Nothing is hidden, and nothing is missing.</summary>
    public static readonly Outline Plain = new([], null);

    /// <summary>What every reader says of a file whose parts lie beyond its end.</summary>
    public const string CutProblem = "ends before its structure does: what is missing was not read";
}
