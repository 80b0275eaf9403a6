namespace Untag.Policy;

/// <summary>What is forbidden, how it is spelt, and which law speaks of it. An immutable value.</summary>
public sealed class TagPolicy
{
    private static readonly Lazy<TagPolicy> Embedded = new(PolicyReader.ReadEmbedded);

    internal TagPolicy()
    {
    }

    /// <summary>The policy that is part of Untag.</summary>
    public static TagPolicy Default => Embedded.Value;

    /// <summary>Name, such as <c>default</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the lines that <c>sha256sum</c> prints for the policy's files in the order of their names, in
    /// lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>The traits.</summary>
    public required IReadOnlyList<Trait> Traits { get; init; }

    /// <summary>Every spelling of every trait, group, identifier and vendor.</summary>
    public required IReadOnlyList<Term> Terms { get; init; }

    /// <summary>What files and products can be about.</summary>
    public required IReadOnlyList<Context> Contexts { get; init; }

    /// <summary>Words by which the guard reads requests, in the order of their ids.</summary>
    public required IReadOnlyList<GuardVocabulary> Requests { get; init; }

    /// <summary>Words by which the guard reads replies, in the order of their ids.</summary>
    public required IReadOnlyList<GuardVocabulary> Replies { get; init; }

    /// <summary>The reasons that the judgement weighs, by id.</summary>
    public required IReadOnlyDictionary<string, Evidence> Evidence { get; init; }

    /// <summary>Opaque ids and protocol fields, by id.</summary>
    public required IReadOnlyDictionary<string, KnownIdentifier> Identifiers { get; init; }

    /// <summary>Vision APIs, by id.</summary>
    public required IReadOnlyDictionary<string, VisionVendor> Vendors { get; init; }

    /// <summary>Outputs of models that are known by their sizes, in the order of their ids.</summary>
    public required IReadOnlyList<KnownHeads> Heads { get; init; }

    /// <summary>The rules in the order of their codes.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>The law as of <see cref="LawAsOf"/>.</summary>
    public required IReadOnlyList<LegalBasis> Law { get; init; }

    /// <summary>The day on which the law was last looked at.</summary>
    public required DateOnly LawAsOf { get; init; }

    /// <summary>The policy of a file on disk, which may extend the one that is part of Untag.</summary>
    /// <param name="path">Path of a YAML file with the sections of the policy folder.</param>
    /// <returns>The policy, or all that is wrong with the file, each with its line and its fix.</returns>
    public static (TagPolicy? Policy, IReadOnlyList<string> Errors) Read(string path) => PolicyReader.ReadFile(path);
}
