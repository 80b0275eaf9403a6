namespace Untag.Scan.Judging;

/// <summary>What was met that may be a tag.</summary>
internal enum Shape
{
    /// <summary>The trait's name.</summary>
    Name,

    /// <summary>Labels that are groups of people.</summary>
    Set,

    /// <summary>An opaque id or protocol field.</summary>
    Identifier,

    /// <summary>A description of a person by group, given to a model.</summary>
    Prompt,

    /// <summary>A list, rule or alert named after a group.</summary>
    Watchlist,

    /// <summary>A condition that picks people of a group.</summary>
    Selection,

    /// <summary>The file's own name.</summary>
    FileName,

    /// <summary>A call of a vision API that tells the trait without being asked.</summary>
    Vendor,

    /// <summary>Outputs of a model that have the sizes of a known tag.</summary>
    Heads,
}

/// <summary>A reason by the id of its evidence, with what was seen.</summary>
internal readonly record struct Seen(string Evidence, string What);

/// <summary>A place that may be a tag, with every reason that its own file gives. The product's reasons come later.</summary>
internal sealed class Candidate
{
    public required Shape Shape { get; init; }

    public required string Trait { get; init; }

    public required FindingKind Kind { get; init; }

    public required FindingClass Class { get; set; }

    public required string Path { get; init; }

    public required int Line { get; init; }

    public required int Column { get; init; }

    public required string? Inner { get; init; }

    /// <summary>The part of a model that it names; null where nothing has a name.</summary>
    public ModelPart? Part { get; init; }

    public required string Match { get; init; }

    /// <summary>The line in normal form: what the fingerprint is made of.</summary>
    public required string Surroundings { get; init; }

    /// <summary>The reasons that the file gives.</summary>
    public List<Seen> Seen { get; } = [];

    /// <summary>True when it only speaks of a tag, or can be used without one: a comment, a data set that has other
    /// labels too. It is never more than a warning.</summary>
    public bool IsRemark { get; set; }

    /// <summary>True when its file speaks of names of persons.</summary>
    public bool IsNearNames { get; init; }

    /// <summary>True for labels so clear that they tell what the whole product does.</summary>
    public bool TellsOfProduct { get; set; }

    /// <summary>True for a name so clear that it tells that the product computes the trait.</summary>
    public bool TellsOfInference { get; set; }

    public void Add(string evidence, string what) => Seen.Add(new Seen(evidence, what));

    public void Add(string evidence, IReadOnlyList<string> words) =>
        Seen.Add(new Seen(evidence, string.Join(", ", words.Take(4))));
}
