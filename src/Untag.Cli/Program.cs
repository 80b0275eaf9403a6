using System.CommandLine;
using Untag.Cli;
using Untag.Scan.Reports;

if (args is ["--version"] or ["-V"])
{
    Console.Out.WriteLine($"{ToolVersion.Name} {ToolVersion.Version}");
    return ExitCode.Holds;
}

try
{
    var root = CommandTree.Build();
    var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    return parsed.Errors.Count > 0 && !parsed.Tokens.Any(token => token.Value is "-h" or "--help")
        ? Misunderstood(parsed)
        : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UserError error)
{
    Terminal.WriteError(error.Message, error.Hint);
    return ExitCode.Failed;
}
catch (IOException) when (Console.IsOutputRedirected)
{
    return ExitCode.Holds; // nobody reads any more: a closed pipe
}
catch (Exception bug) when (bug is not OutOfMemoryException)
{
    Terminal.WriteError(
        $"this is a bug in {ToolVersion.Name} {ToolVersion.Version}: {bug.GetType().Name}: {bug.Message}",
        "please report it, with the command and, if you may, the file: CONTRIBUTING.md says where");
    return ExitCode.Failed;
}

static int Misunderstood(ParseResult parsed)
{
    var command = parsed.CommandResult.Command is RootCommand ? "" : " " + parsed.CommandResult.Command.Name;
    Terminal.WriteError(parsed.Errors[0].Message.TrimEnd('.'), $"`untag{command} --help` shows what is understood");
    return ExitCode.Failed;
}
