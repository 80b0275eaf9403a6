using System.Text.Json.Serialization;

namespace Untag.Evidence.Statements;

/// <summary>What was found about a product: the predicate of the statement that a bundle is made for. Sentences have no full
/// stop.</summary>
public sealed record ClaimsPredicate
{
    /// <summary><see cref="SchemaName"/>, or <see cref="FirstSchemaName"/> of a statement of an earlier version.</summary>
    public required string Schema { get; init; }

    /// <summary>Name of the product.</summary>
    public required string Product { get; init; }

    /// <summary>Version of the product; null when it states none.</summary>
    public string? Version { get; init; }

    /// <summary>The day of the check, in UTC.</summary>
    public required DateOnly CheckedOn { get; init; }

    /// <summary>The last day on which the statement is valid.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>The statement before it, and what changed since; null for the first one.</summary>
    public StatedPrevious? Previous { get; init; }

    /// <summary>Who affirms it, with their office; null when nobody does.</summary>
    public string? AffirmedBy { get; init; }

    /// <summary>What checked it.</summary>
    public required StatedTool Tool { get; init; }

    /// <summary>What it was checked against.</summary>
    public required StatedPolicy Policy { get; init; }

    /// <summary>The claims in the order in which they are always shown.</summary>
    public required IReadOnlyList<StatedClaim> Claims { get; init; }

    /// <summary>How much was read.</summary>
    public required StatedCoverage Coverage { get; init; }

    /// <summary>What is not proved, whatever the verdicts.</summary>
    public required IReadOnlyList<string> NotProved { get; init; }

    /// <summary>The documents of the bundle: a changed one is not the one that was signed.</summary>
    public required IReadOnlyList<Subject> Documents { get; init; }

    /// <summary>Documents that stay outside of the bundle, such as a review that is not for everybody.</summary>
    public IReadOnlyList<Subject> Attached { get; init; } = [];

    /// <summary>Name and version of the format.</summary>
    public const string SchemaName = "untag/evidence/2";

    /// <summary>The format before it, which is still read: without measures and a statement before it, and with no summary beside it.</summary>
    public const string FirstSchemaName = "untag/evidence/1";

    /// <summary>True when no claim fails, is insufficient or partial, and one was checked.</summary>
    [JsonIgnore]
    public bool Holds =>
        Claims.All(claim => claim.Verdict is "holds" or "not-checked" && !claim.Partial)
        && Claims.Any(claim => claim.Verdict == "holds");

    /// <summary>True when it has what its version of the format has, and nothing else.</summary>
    [JsonIgnore]
    internal bool KeepsToItsVersion => Schema switch
    {
        SchemaName => Claims.All(claim => claim.Measures is not null),
        FirstSchemaName => Previous is null && Claims.All(claim => claim.Measures is null),
        _ => false,
    };
}

/// <summary>The program that checked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">Digest of the program; null when it could not be read.</param>
public sealed record StatedTool(string Name, string Version, string? Sha256 = null);

/// <summary>The policy that was checked against.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">Its digest.</param>
public sealed record StatedPolicy(string Name, string Sha256);

/// <summary>A claim.</summary>
/// <param name="Claim">Its short name.</param>
/// <param name="Says">The claim in words.</param>
/// <param name="Verdict">holds, fails, insufficient or not-checked.</param>
/// <param name="Partial">True when something that it is about was not looked at.</param>
/// <param name="Checked">What was looked at.</param>
/// <param name="Passed">What speaks for it.</param>
/// <param name="Failed">What speaks against it, or is missing.</param>
/// <param name="NotProven">What a pass would not prove.</param>
/// <param name="Measures">The figures that the verdict rests on; null in a statement of the first version.</param>
public sealed record StatedClaim(
    string Claim, string Says, string Verdict, bool Partial, IReadOnlyList<string> Checked, IReadOnlyList<string> Passed,
    IReadOnlyList<string> Failed, IReadOnlyList<string> NotProven, IReadOnlyList<ClaimMeasure>? Measures = null);

/// <summary>How much was read.</summary>
/// <param name="Files">Files that were met.</param>
/// <param name="Read">Files that were read to their end.</param>
/// <param name="Bytes">Bytes that were read.</param>
/// <param name="Gaps">What ships and was not read.</param>
public sealed record StatedCoverage(long Files, long Read, long Bytes, IReadOnlyList<StatedGap> Gaps);

/// <summary>Something that ships and was not read.</summary>
/// <param name="Entry">Its path, or the entry of <c>ships</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record StatedGap(string Entry, string Reason);

/// <summary>What somebody else says of a statement.</summary>
/// <param name="By">Who.</param>
/// <param name="Says">agrees, disagrees or withdraws.</param>
/// <param name="On">The day.</param>
/// <param name="Remark">In their words; null for none.</param>
public sealed record CountersignPredicate(string By, string Says, DateOnly On, string? Remark = null);
