using System.CommandLine;
using Untag.Policy;

namespace Untag.Cli.Commands;

/// <summary><c>untag completions SHELL</c>: a script that lets the shell ask the program itself what can follow.</summary>
internal static class CompletionsCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # untag completions bash > /etc/bash_completion.d/untag
            _untag() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(untag "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _untag untag
            """,
        ["zsh"] = """
            #compdef untag
            # untag completions zsh > "${fpath[1]}/_untag"
            _untag() {
                local -a suggestions
                suggestions=("${(@f)$(untag "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -a suggestions
                _files
            }
            compdef _untag untag
            """,
        ["fish"] = """
            # untag completions fish > ~/.config/fish/completions/untag.fish
            complete -c untag -a '(untag "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'
            """,
        ["pwsh"] = """
            # untag completions pwsh >> $PROFILE
            Register-ArgumentCompleter -Native -CommandName untag -ScriptBlock {
                param($word, $ast, $cursor)
                untag "[suggest:$cursor]" "$ast" 2>$null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    public static Command Build()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new Command("completions", "print a completion script for a shell") { shell };
        command.SetAction(words => Console.Out.WriteLine(ScriptOf(words.GetValue(shell)!)));
        return command;
    }

    private static string ScriptOf(string shell) => Scripts.TryGetValue(shell, out var script)
        ? script
        : throw new UserError($"there is no shell `{shell}`", Spelling.Hint(shell, [.. Scripts.Keys]));
}
