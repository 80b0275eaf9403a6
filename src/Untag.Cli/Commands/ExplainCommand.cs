using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Cli.Commands;

/// <summary><c>untag explain CODE</c>: what a rule means and what to do, from the rule's own file.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string?> Code = new("code")
    {
        Description = "code of a rule, such as UT0101",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Build()
    {
        var command = new Command("explain", "say what a rule means and what to do about a finding")
        {
            Code, Settings.All, Settings.Policy, Settings.Format, Settings.Output, Settings.Color,
        };
        command.SetAction(words => Run(words));
        return command;
    }

    private static int Run(ParseResult words)
    {
        var policy = Products.ChosenPolicy(words) ?? TagPolicy.Default;
        var rules = RulesOf(words, policy);
        var outlet = Outlets.Single(words, "a rule", "text", "json");
        ResultOutput.Write(outlet.File, output =>
        {
            if (outlet.Format == "json")
            {
                JsonSerializer.Serialize(output, ExplainDocument.Of(rules), ExplainJson.Readable.ExplainDocument);
                output.WriteByte((byte)'\n');
                return;
            }

            using var text = new StreamWriter(output, leaveOpen: true);
            foreach (var rule in rules)
                Write(rule, Terminals.For(words, outlet), text);
        });
        return ExitCode.Holds;
    }

    private static List<Rule> RulesOf(ParseResult words, TagPolicy policy)
    {
        if (words.GetValue(Settings.All))
            return [.. policy.Rules];
        var codes = policy.Rules.Select(rule => rule.Code).ToList();
        if (words.GetValue(Code) is not { } code)
            throw new UserError("which rule?", $"name one of {string.Join(", ", codes)}, or --all");
        var rule = policy.Rules.FirstOrDefault(rule => rule.Code.Equals(code, StringComparison.OrdinalIgnoreCase)
            || rule.Name.Equals(code, StringComparison.OrdinalIgnoreCase));
        return rule is not null ? [rule] : throw new UserError($"there is no rule `{code}`", Spelling.Hint(code, codes));
    }

    private static void Write(Rule rule, Terminal terminal, TextWriter text)
    {
        foreach (var line in RulePage.Of(rule).Split('\n'))
            text.WriteLine(line.StartsWith("## ", StringComparison.Ordinal) ? terminal.Bold(line[3..]) : line);
    }
}

/// <summary>The JSON document <c>untag/explain/1</c>; its fields are described in docs/formats/explain.md.</summary>
internal sealed record ExplainDocument(string Schema, IReadOnlyList<RulePart> Rules)
{
    public const string SchemaName = "untag/explain/1";

    public static ExplainDocument Of(IReadOnlyList<Rule> rules) => new(SchemaName, [.. rules.Select(RulePart.Of)]);
}

/// <summary>A rule.</summary>
internal sealed record RulePart(
    string Code, string Name, string Title, string Claim, IReadOnlyList<string> Kinds, int ErrorFrom, int WarningFrom,
    string Explanation, string Fix)
{
    public static RulePart Of(Rule rule) => new(
        rule.Code, rule.Name, rule.Title, rule.Claim, rule.Kinds, rule.ErrorFrom, rule.WarningFrom, rule.Explanation, rule.Fix);
}

/// <summary>What <c>explain</c> writes as JSON, compiled ahead of time.</summary>
[JsonSerializable(typeof(ExplainDocument))]
internal sealed partial class ExplainJson : JsonSerializerContext
{
    public static ExplainJson Readable { get; } = new(ReadableJson.Options);
}
