using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Untag.Cli;

/// <summary>How much a page of help tells.</summary>
internal enum HelpDetail
{
    /// <summary>One screen: <c>-h</c>.</summary>
    Short,

    /// <summary>With the variables of the options: <c>--help</c>.</summary>
    Full,
}

/// <summary>The help of the program and of each command, with examples, from the same table as the parser.</summary>
internal sealed class HelpPages : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["scan"] =
        [
            "untag scan                                    the folder you are in",
            "untag scan src models --format sarif -o untag.sarif",
            "untag scan --history                          tags that were removed, too, and when",
            "untag scan --since origin/main                what a branch brings: for a pull request",
            "untag scan --staged                           what a commit would bring: for a pre-commit hook",
            "git show HEAD:api.py | untag scan - --stdin-name api.py",
        ],
        ["audit"] =
        [
            "untag audit decisions.csv --group race --decision \"alert = score >= 0.62\" --truth is_match",
            "untag audit decisions.csv --group race --decision alert --strata camera --fta \"score == ''\"",
            "untag audit part-*.parquet --group race --person id --outputs class_17,class_18 --embedding template",
            "untag audit site-a.csv --group race --outputs class_17 --partial site-a.json",
            "untag audit merge site-*.json                 the same as of all their tables together",
        ],
        ["audit merge"] = ["untag audit merge site-*.json"],
        ["erase"] =
        [
            "untag erase fit templates.npy --labels people.csv --group ethnicity --person id --out map.npz",
            "untag erase apply map.npz templates.npy --out erased.npy",
            "untag erase certify map.npz templates.npy --labels people.csv --group ethnicity --person id --then unit-norm",
            "untag erase fold map.npz encoder.onnx --output embedding --out encoder-erased.onnx",
        ],
        ["erase fold"] =
        [
            "untag erase fold map.npz encoder.onnx --output embedding --out encoder-erased.onnx",
            "untag erase fold map.npz encoder.onnx --append --out encoder-erased.onnx",
        ],
        ["erase fit"] =
        [
            "untag erase fit templates.npy --labels people.csv --group ethnicity --person id --out map.npz",
            "untag erase fit site-a.npy --labels site-a.csv --group ethnicity --person id --partial site-a.moments",
        ],
        ["erase merge"] = ["untag erase merge site-*.moments --out map.npz"],
        ["erase apply"] = ["untag erase apply map.npz templates.npy --then unit-norm --out erased.npy"],
        ["erase certify"] =
        [
            "untag erase certify map.npz templates.npy --labels people.csv --group ethnicity --person id",
            "untag erase certify map.npz other.npy --labels other.csv --group ethnicity --other-people --format json",
            "untag erase certify map.npz given.npy --folded --labels people.csv --group ethnicity --person id",
        ],
        ["guard"] =
        [
            "untag guard --listen 127.0.0.1:8080 --upstream http://127.0.0.1:9000",
            "untag guard                                   all of it from untag.yaml: untag help config",
            "untag guard health                            is it ready? of `admin` in untag.yaml",
        ],
        ["guard health"] = ["untag guard health", "untag guard health --config /etc/untag/untag.yaml --timeout 1s"],
        ["check"] =
        [
            "untag check                                   the product you are in",
            "untag check products/acme-face --strict",
        ],
        ["prove"] =
        [
            "untag prove --key signing.pem --output product.untag",
            "untag prove products/acme-face --key env:SIGNING_KEY -o acme-face.untag --affirmed-by \"J. Doe, CEO\"",
            "untag prove --key signing.pem --previous acme-face-2.2.untag -o acme-face-2.3.untag",
        ],
        ["prove countersign"] =
            ["untag prove countersign product.untag --key mine.pem --by \"A. Roe, assessor\" -o countersigned.untag"],
        ["prove withhold"] = ["untag prove withhold product.untag findings.sarif report.html -o redacted.untag"],
        ["prove timestamp"] =
        [
            "untag prove timestamp product.untag --request product.tsq",
            "untag prove timestamp product.untag --answer product.tsr -o stamped.untag",
        ],
        ["verify"] =
        [
            "untag verify product.untag --key vendor.pub.pem",
            "untag verify product.untag --key vendor.pub.pem --product unpacked/",
            "untag verify product.untag --log-key log.vkey --checkpoint seen-last-month --witness w1.vkey",
            "untag verify new.untag --key vendor.pub.pem --previous old.untag --timestamp-root root.pem",
        ],
        ["log"] = ["untag log verify mylog --log-key example.com/log+…", "untag log show mylog"],
        ["log show"] = ["untag log show mylog"],
        ["log verify"] =
            ["untag log verify mylog --log-key example.com/log+…", "untag log verify mylog --checkpoint seen-last-month"],
        ["log witness"] = ["untag log witness mylog --witness witness.example/w1+…=https://witness.example/"],
        ["log export"] = ["untag log export mylog --output public/log"],
        ["keys new"] = ["untag keys new --output signing.pem --valid-until 2027-12-31", "untag keys new --name example.com/log --output log.key"],
        ["keys"] = ["untag keys new --output signing.pem"],
        ["explain"] = ["untag explain UT0101", "untag explain --all --format json"],
        ["policy terms"] = ["untag policy terms > terms.txt", "rg -i -F -f terms.txt"],
        ["policy"] = ["untag policy terms"],
        ["init"] = ["untag init"],
        ["completions"] = ["untag completions bash > /etc/bash_completion.d/untag"],
        ["help"] = ["untag help exit-codes", "untag help config"],
    };

    public override bool ClearsParseErrors => true;

    /// <summary>True when the words ask for help, whatever else is wrong with them.</summary>
    public static bool IsAskedFor(ParseResult parsed) => parsed.Action is HelpPages;

    /// <summary>Replaces the help that the parser brings: its order is not ours, it has no examples, and its aliases
    /// <c>/?</c> and <c>/h</c> could be files.</summary>
    public static void Install(RootCommand root)
    {
        for (var i = 0; i < root.Options.Count; i++)
        {
            if (root.Options[i] is HelpOption)
                root.Options[i] = new HelpOption("--help", "-h") { Action = new HelpPages(), Description = "show help" };
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var detail = parseResult.Tokens.Any(token => token.Value == "--help") ? HelpDetail.Full : HelpDetail.Short;
        Console.Out.WriteLine(PageOf(parseResult.CommandResult.Command, detail));
        return ExitCode.Holds;
    }

    /// <summary>The page of a command.</summary>
    public static string PageOf(Command command, HelpDetail detail) =>
        command is RootCommand root ? RootPage(root, detail) : CommandPage(command, detail);

    private static string RootPage(RootCommand root, HelpDetail detail)
    {
        var page = new StringBuilder();
        page.Append(root.Description).Append('\n');
        page.Append("usage: untag <command> [options]\n");
        page.Append("examples:\n");
        page.Append("  untag check samples/acme-face      judge the claims of a product, write .untag/\n");
        page.Append("  untag scan . --format sarif        find tags, for code scanning\n\n");
        page.Append("commands:\n");
        foreach (var command in root.Subcommands)
            page.Append($"  {command.Name.PadRight(14)} {command.Description}\n");
        page.Append("options: -h one screen of help, --help tells more, -V or --version\n");
        if (detail == HelpDetail.Full)
            AddOptions(page, root.Subcommands.SelectMany(command => command.Options).ToHashSet(), detail);
        page.Append("topics (untag help <topic>): exit-codes, environment, formats, config\n");
        return page.Append("exit codes: 0 holds, 1 findings, 2 could not do it or only a part, 10 and up: not verified, 130 Ctrl-C").ToString();
    }

    private static string CommandPage(Command command, HelpDetail detail)
    {
        var page = new StringBuilder();
        var name = PathOf(command);
        page.Append($"untag {name}: {command.Description}\n\n");
        page.Append($"usage: untag {name}{Usage(command)}\n");
        foreach (var part in command.Subcommands)
            page.Append($"  {part.Name.PadRight(14)} {part.Description}\n");
        foreach (var argument in command.Arguments)
            page.Append($"  <{argument.Name}>  {argument.Description}\n");
        if (Examples.TryGetValue(name, out var examples))
            page.Append("\nexamples:\n  ").AppendJoin("\n  ", examples).Append('\n');
        AddOptions(page, command.Options.ToHashSet(), detail);
        if (detail == HelpDetail.Full && command.Options.Count > 0)
            page.Append("\nThe command line wins over variables, variables over untag.yaml. Exit codes: untag help exit-codes\n");
        return page.ToString().TrimEnd('\n');
    }

    /// <summary>The names that lead to a command, such as <c>audit merge</c>.</summary>
    public static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand
        ? $"{parent.Name} {command.Name}"
        : command.Name;

    private static void AddOptions(StringBuilder page, HashSet<Option> own, HelpDetail detail)
    {
        foreach (var (heading, options) in Settings.Headings)
        {
            if (!options.Any(own.Contains))
                continue;
            page.Append($"\n{heading}:\n");
            foreach (var option in options.Where(own.Contains))
            {
                var variable = detail == HelpDetail.Full ? $" ({Settings.VariableOf(option.Name)})" : "";
                page.Append($"  {Words(option).PadRight(36)} {option.Description}{variable}\n");
            }
        }
    }

    private static string Usage(Command command)
    {
        var words = new StringBuilder(command.Subcommands.Count == 0 || command.Arguments.Count > 0 ? "" : command.Action is null ? " <command>" : " [<command>]");
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
