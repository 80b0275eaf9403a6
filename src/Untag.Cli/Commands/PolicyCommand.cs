using System.CommandLine;
using Untag.Policy;
using Untag.Scan;

namespace Untag.Cli.Commands;

/// <summary><c>untag policy terms</c>: what the policy makes the scan look for.</summary>
internal static class PolicyCommand
{
    public static Command Build()
    {
        var terms = new Command("terms", "print what is searched for in every file, one a line, for use in another tool")
        {
            Settings.Policy, Settings.Sensitive, Settings.Output,
        };
        terms.SetAction(words => WriteTerms(words));
        return new Command("policy", "show what the policy holds") { terms };
    }

    private static int WriteTerms(ParseResult words)
    {
        var policy = Products.ChosenPolicy(words) ?? TagPolicy.Default;
        var traits = words.GetValue(Settings.Sensitive) ? TraitScope.Sensitive : TraitScope.Forbidden;
        ResultOutput.Write(words.GetValue(Settings.Output), output =>
        {
            using var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
            foreach (var term in SearchTerms.Of(policy, traits))
                text.WriteLine(term);
        });
        return ExitCode.Holds;
    }
}
