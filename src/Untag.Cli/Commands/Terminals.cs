using System.CommandLine;

namespace Untag.Cli.Commands;

/// <summary>The screen that the words on the command line ask for; a file is none.</summary>
internal static class Terminals
{
    public static Terminal For(ParseResult words, Outlet outlet) => Terminal.ForOutput(
        outlet.File is not null ? ColorChoice.Never
        : words.GetValue(Settings.Color) switch
        {
            "always" => ColorChoice.Always,
            "never" => ColorChoice.Never,
            _ => ColorChoice.Auto,
        });
}
