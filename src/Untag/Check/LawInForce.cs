using Untag.Policy;

namespace Untag.Check;

/// <summary>Chooses which law is printed beside a finding.</summary>
public static class LawInForce
{
    /// <summary>What the law of some jurisdictions says of some traits. Drafts and repealed laws are among it, with that
    /// status: tools in use cite them as law.</summary>
    /// <param name="policy">The policy that holds the law.</param>
    /// <param name="jurisdictions">Codes of jurisdictions; none for nothing.</param>
    /// <param name="role">The role of the product's owner; null for every role.</param>
    /// <param name="traits">Ids of traits.</param>
    public static IReadOnlyList<LegalBasis> For(
        TagPolicy policy, IReadOnlyList<string> jurisdictions, ProductRole? role, IReadOnlySet<string> traits) =>
        [.. policy.Law
            .Where(law => jurisdictions.Contains(law.Jurisdiction) && law.Traits.Any(traits.Contains) && Binds(law, role))
            .OrderBy(law => law.Jurisdiction, StringComparer.Ordinal)
            .ThenBy(law => law.Id, StringComparer.Ordinal)];

    // Whoever provides or deploys may be a controller of personal data as well: that depends on facts outside of the product.
    private static bool Binds(LegalBasis law, ProductRole? role) => role switch
    {
        ProductRole.Provider => law.Actors.Contains("provider") || law.Actors.Contains("controller"),
        ProductRole.Deployer => law.Actors.Contains("deployer") || law.Actors.Contains("controller"),
        _ => true,
    };
}
