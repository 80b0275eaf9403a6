using System.Text;
using Untag.Policy;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Requests;

namespace Untag.Server.Guard;

/// <summary>Tries rules before they are put in force: a policy that forbids nothing, or that would let a tag pass, must not replace one that
/// works. What is tried is made of the policy itself.</summary>
internal static class SelfTest
{
    private const int NamesPerTrait = 5;

    /// <summary>Tries rules.</summary>
    /// <exception cref="ServerError">They do not do what they are for.</exception>
    public static async Task RunAsync(GuardRules rules)
    {
        var names = Names(rules.Policy).ToList();
        if (names.Count == 0)
            throw new ServerError("the policy forbids nothing that a reply could name", "it must hold a trait with `status: forbidden` and exact names");
        await PassesAsync(rules, """{"a": [1, true, "b"], "c": {"d": null}}""");
        foreach (var name in names)
        {
            await LosesAsync(rules, $$$"""{"face": {"x": 1, "{{{name}}}": "v"}}""", name);
            Refuses(rules, name);
        }
    }

    // Names as fields are called: `caste_category`. Those of one word come first.
    private static IEnumerable<string> Names(TagPolicy policy) =>
        policy.Traits.Where(trait => trait.Status == TraitStatus.Forbidden).SelectMany(trait => policy.Terms
            .Where(term => term.Owner == trait.Id && term.Sense == Sense.NameExact && term.Text.All(c => char.IsAsciiLetterLower(c) || c == ' '))
            .Select(term => term.Text.Replace(' ', '_')).OrderBy(name => name.Contains('_')).ThenBy(name => name, StringComparer.Ordinal)
            .Take(NamesPerTrait));

    private static async Task PassesAsync(GuardRules rules, string json)
    {
        if (await FilterAsync(rules, json) != json)
            throw new ServerError("the rules change a reply that carries nothing", null);
    }

    private static async Task LosesAsync(GuardRules rules, string json, string name)
    {
        if (await FilterAsync(rules, json) is { } left && left.Contains($"\"{name}\"", StringComparison.Ordinal))
            throw new ServerError($"the rules let a reply pass that carries `{name}`", null);
    }

    private static void Refuses(GuardRules rules, string name)
    {
        var judge = new FieldJudge(rules.Inspector.Terms, rules.Inspector.ReplyWords, namesLists: false);
        if (judge.Judge("the query", name, "true") is null || judge.Judge("the query", "attributes", name) is null)
            throw new ServerError($"the rules let a request pass that asks for `{name}`", null);
    }

    // Null when it was refused.
    private static async Task<string?> FilterAsync(GuardRules rules, string json)
    {
        try
        {
            var left = await rules.Filter.FilterAsync(
                new ReplyHead { MediaType = "application/json" }, Encoding.UTF8.GetBytes(json), (_, _) => ValueTask.CompletedTask, CancellationToken.None);
            return Encoding.UTF8.GetString(left.Span);
        }
        catch (ReplyRefusedException)
        {
            return null;
        }
    }
}
