using Untag.Policy;
using Untag.Tests.Policy;
using PolicyEvidence = Untag.Policy.Evidence;

namespace Untag.Tests.Scan.Judging;

/// <summary>Whether the approved cases would notice a wrong weight or threshold: the policy is altered at random, and the
/// judgement of some case must change.</summary>
public sealed class MutationTests
{
    private const int Mutants = 200;
    private const int Seed = 20261123;

    private static readonly Lazy<List<JudgedCase>> Cases = new(() => [.. JudgedCases.All()]);

    [Fact]
    public void Nine_of_ten_altered_policies_are_noticed()
    {
        var expected = Approved(TagPolicy.Default);
        var random = new Random(Seed);
        var survivors = new List<string>();
        for (var i = 0; i < Mutants; i++)
        {
            var (what, policy) = Alter(TagPolicy.Default, random);
            if (Approved(policy) == expected)
                survivors.Add(what);
        }

        Assert.True(
            survivors.Count <= Mutants / 10,
            $"{survivors.Count} of {Mutants} survive:\n{string.Join('\n', survivors.Order())}");
    }

    // What is compared with approved files: the cases, and the page of the rules.
    private static string Approved(TagPolicy policy) =>
        JudgedCases.Text(Cases.Value, policy) + string.Concat(policy.Rules.Select(RulePage.Of));

    private static (string What, TagPolicy Policy) Alter(TagPolicy policy, Random random)
    {
        var evidence = policy.Evidence.Values.OrderBy(item => item.Id, StringComparer.Ordinal).ToList();
        var at = random.Next(evidence.Count + policy.Rules.Count);
        return at < evidence.Count
            ? AlterWeight(policy, evidence[at], random)
            : AlterRule(policy, policy.Rules[at - evidence.Count], random);
    }

    private static (string, TagPolicy) AlterWeight(TagPolicy policy, PolicyEvidence item, Random random)
    {
        int[] weights = [0, -item.Weight, item.Weight * 2, item.Weight + random.Next(1, 5), item.Weight - random.Next(1, 5)];
        var weight = weights[random.Next(weights.Length)];
        if (weight == item.Weight)
            weight++;
        var changed = policy.Evidence.Values.ToDictionary(known => known.Id, known => known);
        changed[item.Id] = item with { Weight = weight };
        return ($"{item.Id}: {item.Weight} becomes {weight}", policy.With(evidence: changed));
    }

    private static (string, TagPolicy) AlterRule(TagPolicy policy, Rule rule, Random random)
    {
        var step = random.Next(1, 4) * (random.Next(2) == 0 ? 1 : -1);
        var changed = rule.ErrorFrom < 50 && random.Next(2) == 0
            ? rule with { ErrorFrom = rule.ErrorFrom + step }
            : rule with { WarningFrom = rule.WarningFrom + step };
        var what = $"{rule.Code}: {rule.ErrorFrom}, {rule.WarningFrom} becomes {changed.ErrorFrom}, {changed.WarningFrom}";
        return (what, policy.With(rules: [.. policy.Rules.Select(known => known.Code == rule.Code ? changed : known)]));
    }
}
