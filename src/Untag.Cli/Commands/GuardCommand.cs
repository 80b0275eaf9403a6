using System.CommandLine;

namespace Untag.Cli.Commands;

/// <summary><c>untag guard</c>: becomes the server, which is a program of its own beside this one.</summary>
internal static class GuardCommand
{
    private static readonly Option<string?>[] Single =
        [Settings.Upstream, Settings.Mode, Settings.Log, Settings.Replica, Settings.Policy, Settings.Config];

    public static Command Build()
    {
        var command = new Command("guard", "stand before a service: no reply with a tag passes, and the log proves it") { Settings.Listen };
        foreach (var option in Single)
            command.Add(option);
        command.SetAction(words => ServerProgram.Become(["guard", .. Words(words)]));
        return command;
    }

    private static List<string> Words(ParseResult words)
    {
        var given = new List<string>();
        foreach (var address in words.GetValue(Settings.Listen)!)
            given.AddRange([Settings.Listen.Name, address]);
        foreach (var option in Single)
        {
            if (words.GetValue(option) is { } value)
                given.AddRange([option.Name, value]);
        }

        return given;
    }
}
