using System.Globalization;
using System.Text;

namespace Untag.Policy;

/// <summary>What people are told about a rule, in Markdown: <c>untag explain</c> and the documentation say the same,
/// because both come from the rule's file.</summary>
public static class RulePage
{
    private const int NeverFrom = 50; // a threshold that no sum of evidence reaches

    /// <summary>The page of a rule.</summary>
    /// <param name="rule">The rule.</param>
    public static string Of(Rule rule)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"## {rule.Code} {rule.Name}: {rule.Title}\n\n{rule.Explanation}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"**What to do.** {rule.Fix}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"**How it is judged.** {Judged(rule)}\n");
        foreach (var example in rule.Examples)
            AddExample(page, example);
        return page.ToString();
    }

    private static string Judged(Rule rule) => rule switch
    {
        { WarningFrom: > NeverFrom } => "Always a note, which fails nothing.",
        { ErrorFrom: 0 } => $"Always an error, which makes the claim `{rule.Claim}` fail.",
        { ErrorFrom: > NeverFrom } => $"A warning from {rule.WarningFrom} points of evidence, never an error. "
            + $"An error makes the claim `{rule.Claim}` fail.",
        _ => $"An error from {rule.ErrorFrom} points of evidence, a warning from {rule.WarningFrom}. "
            + $"An error makes the claim `{rule.Claim}` fail.",
    };

    private static void AddExample(StringBuilder page, RuleExample example)
    {
        var found = example.Finds.Count switch
        {
            0 => "Not found",
            1 => $"Found on line {example.Finds[0]}",
            _ => $"Found on lines {string.Join(", ", example.Finds)}",
        };
        page.Append(CultureInfo.InvariantCulture, $"\n{found}: {example.Title} (`{example.Path}`)\n\n");
        foreach (var line in example.Text.TrimEnd('\n').Split('\n'))
            page.Append("    ").Append(line).Append('\n');
    }
}
