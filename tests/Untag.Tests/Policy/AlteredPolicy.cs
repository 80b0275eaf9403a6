using Untag.Policy;
using PolicyEvidence = Untag.Policy.Evidence;

namespace Untag.Tests.Policy;

/// <summary>A policy with other weights or rules.</summary>
internal static class AlteredPolicy
{
    public static TagPolicy With(this TagPolicy policy, IReadOnlyDictionary<string, PolicyEvidence> evidence) =>
        Copy(policy, evidence, policy.Rules);

    public static TagPolicy With(this TagPolicy policy, IReadOnlyList<Rule> rules) => Copy(policy, policy.Evidence, rules);

    private static TagPolicy Copy(
        TagPolicy policy, IReadOnlyDictionary<string, PolicyEvidence> evidence, IReadOnlyList<Rule> rules) => new()
        {
            Name = policy.Name,
            Digest = policy.Digest,
            Traits = policy.Traits,
            Terms = policy.Terms,
            Contexts = policy.Contexts,
            Requests = policy.Requests,
            Replies = policy.Replies,
            Evidence = evidence,
            Identifiers = policy.Identifiers,
            Vendors = policy.Vendors,
            Heads = policy.Heads,
            Rules = rules,
            Law = policy.Law,
            LawAsOf = policy.LawAsOf,
        };
}
