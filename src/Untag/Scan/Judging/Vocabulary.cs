using Untag.Policy;

namespace Untag.Scan.Judging;

/// <summary>The part of a policy that the candidates are looked for with.</summary>
internal sealed class Vocabulary
{
    public Vocabulary(TagPolicy policy, TraitScope scope)
    {
        Policy = policy;
        Traits = policy.Traits
            .Where(trait => trait.Status == TraitStatus.Forbidden || scope == TraitScope.Sensitive)
            .ToDictionary(trait => trait.Id, StringComparer.Ordinal);
        Opposing = [.. policy.Contexts.Where(context => context.Opposes != Opposition.None)];
    }

    public TagPolicy Policy { get; }

    /// <summary>The traits that are reported, by id.</summary>
    public IReadOnlyDictionary<string, Trait> Traits { get; }

    /// <summary>The contexts in which ambiguous words mean something else.</summary>
    public IReadOnlyList<Context> Opposing { get; }
}
