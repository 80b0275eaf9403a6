using System.CommandLine;
using Untag.Policy;

namespace Untag.Cli;

/// <summary>Says what was not understood of the words on the command line: each word once, with what may have been meant.</summary>
internal static class Misunderstanding
{
    /// <summary>Writes the errors of a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var own = command is RootCommand ? "" : " " + command.Name;
        var known = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name)).ToList();
        var hint = $"`untag{own} --help` shows what is understood";
        foreach (var word in parsed.UnmatchedTokens)
        {
            var kind = word.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "word";
            Terminal.WriteError($"unknown {kind} `{word}`", Spelling.Nearest(word, known) is { } near ? $"did you mean `{near}`?" : hint);
        }

        // The parser complains of unmatched words once more, in words of its own.
        foreach (var error in parsed.Errors.Where(error => !parsed.UnmatchedTokens.Any(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal))))
            Terminal.WriteError(Lower(error.Message), hint);
        return ExitCode.Failed;
    }

    private static string Lower(string message)
    {
        var text = message.TrimEnd('.').Replace('\'', '`');
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}
