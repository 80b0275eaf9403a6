using System.CommandLine;
using Untag.Policy;

namespace Untag.Cli;

/// <summary>Says what was not understood of the words on the command line: each word once, with what may have been
/// meant.</summary>
internal static class Misunderstanding
{
    /// <summary>Writes the errors of a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var own = command is RootCommand ? "" : " " + HelpPages.PathOf(command);
        List<string> known =
            [.. command.Subcommands.Select(sub => sub.Name), .. command.Options.Select(option => option.Name)];
        var hint = $"`untag{own} --help` shows what is understood";
        foreach (var word in parsed.UnmatchedTokens)
        {
            var kind = word.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "word";
            var near = Spelling.Nearest(word, known);
            Terminal.WriteError($"unknown {kind} `{word}`", near is null ? hint : $"did you mean `{near}`?");
        }

        // The parser complains of unmatched words once more, in words of its own.
        foreach (var error in parsed.Errors.Where(error => !IsTold(error.Message, parsed)))
            Terminal.WriteError(Lower(error.Message), hint);
        return ExitCode.Failed;
    }

    /// <summary>An option that nobody knows, in the place of a file.</summary>
    /// <param name="word">As it was typed.</param>
    /// <param name="command">The command.</param>
    public static UserError OfOption(string word, string command)
    {
        var known = Settings.Headings.SelectMany(heading => heading.Options).Select(option => option.Name);
        return new UserError($"unknown option `{word}`", Spelling.Nearest(word, known) is { } near
            ? $"did you mean `{near}`?"
            : $"`untag {command} --help` shows what is understood");
    }

    private static bool IsTold(string message, ParseResult parsed) =>
        parsed.UnmatchedTokens.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal));

    private static string Lower(string message)
    {
        var text = message.TrimEnd('.').Replace('\'', '`');
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}
