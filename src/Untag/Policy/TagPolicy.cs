namespace Untag.Policy;

/// <summary>What is forbidden, how it is spelt, and which law speaks of it. An immutable value.</summary>
public sealed class TagPolicy
{
    internal TagPolicy()
    {
    }

    /// <summary>The policy that is part of Untag.</summary>
    public static TagPolicy Default => throw new NotSupportedException();

    /// <summary>Name, such as <c>default</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the policy's files in the order of their names, in lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>The traits.</summary>
    public required IReadOnlyList<Trait> Traits { get; init; }

    /// <summary>The rules in the order of their codes.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>The law as of <see cref="LawAsOf"/>.</summary>
    public required IReadOnlyList<LegalBasis> Law { get; init; }

    /// <summary>The day on which the law was last looked at.</summary>
    public required DateOnly LawAsOf { get; init; }
}
