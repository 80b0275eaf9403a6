using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Untag.Cli;

/// <summary>The help of the program and of each command: one screen, with examples.</summary>
internal sealed class HelpPages : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["scan"] =
        [
            "untag scan                                    the folder you are in",
            "untag scan src models --format sarif -o untag.sarif",
            "git show HEAD:api.py | untag scan - --stdin-name api.py",
        ],
        ["check"] =
        [
            "untag check                                   the product you are in",
            "untag check products/acme-face --strict",
        ],
        ["explain"] = ["untag explain UT0101", "untag explain --all --format json"],
        ["init"] = ["untag init"],
        ["completions"] = ["untag completions bash > /etc/bash_completion.d/untag"],
        ["help"] = ["untag help exit-codes", "untag help config"],
    };

    public override bool ClearsParseErrors => true;

    /// <summary>Replaces the help that the parser brings: its order is not ours, it has no examples, and its aliases
    /// <c>/?</c> and <c>/h</c> could be files.</summary>
    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpPages();
            option.Aliases.Remove("/?");
            option.Aliases.Remove("/h");
            option.Aliases.Remove("-?");
            option.Description = "show help";
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.WriteLine(PageOf(parseResult.CommandResult.Command));
        return ExitCode.Holds;
    }

    /// <summary>The page of a command.</summary>
    public static string PageOf(Command command) => command is RootCommand root ? RootPage(root) : CommandPage(command);

    private static string RootPage(RootCommand root)
    {
        var page = new StringBuilder();
        page.Append(root.Description).Append("\n\n");
        page.Append("usage: untag <command> [options]\n\n");
        page.Append("examples:\n");
        page.Append("  untag check samples/acme-face      judge the claims of a product, write .untag/\n");
        page.Append("  untag scan . --format sarif        find tags, for code scanning\n");
        page.Append("  untag explain UT0101               what a rule means and what to do\n\n");
        page.Append("commands:\n");
        foreach (var command in root.Subcommands)
            page.Append($"  {command.Name.PadRight(14)} {command.Description}\n");
        page.Append("\ntopics (untag help <topic>): exit-codes, environment, formats, config\n");
        return page.Append("exit codes: 0 holds, 1 findings, 2 could not do it or only a part, 130 Ctrl-C").ToString();
    }

    private static string CommandPage(Command command)
    {
        var page = new StringBuilder();
        page.Append($"untag {command.Name}: {command.Description}\n\n");
        page.Append($"usage: untag {command.Name}{Usage(command)}\n");
        foreach (var argument in command.Arguments)
            page.Append($"  <{argument.Name}>  {argument.Description}\n");
        if (Examples.TryGetValue(command.Name, out var examples))
            page.Append("\nexamples:\n  ").AppendJoin("\n  ", examples).Append('\n');
        foreach (var (heading, options) in Settings.Headings)
        {
            var own = options.Where(command.Options.Contains).ToList();
            if (own.Count == 0)
                continue;
            page.Append($"\n{heading}:\n");
            foreach (var option in own)
                page.Append($"  {Words(option).PadRight(36)} {option.Description}\n");
        }

        return page.ToString().TrimEnd('\n');
    }

    private static string Usage(Command command)
    {
        var words = new StringBuilder();
        foreach (var argument in command.Arguments)
        {
            var dots = argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
            words.Append(argument.Arity.MinimumNumberOfValues == 0 ? $" [<{argument.Name}>{dots}]" : $" <{argument.Name}>{dots}");
        }

        return command.Options.Count > 0 ? words.Append(" [options]").ToString() : words.ToString();
    }

    private static string Words(Option option)
    {
        var names = string.Join(", ", option.Aliases.Prepend(option.Name).OrderBy(name => name.Length));
        return option.HelpName is { } value ? $"{names} <{value}>" : names;
    }
}
