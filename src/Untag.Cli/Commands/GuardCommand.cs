using System.CommandLine;

namespace Untag.Cli.Commands;

/// <summary><c>untag guard</c> and <c>untag guard health</c>: becomes the server, which is a program of its own beside this one.</summary>
internal static class GuardCommand
{
    private static readonly Option<string?>[] Single =
        [Settings.Upstream, Settings.Mode, Settings.Log, Settings.Replica, Settings.Policy, Settings.Config];

    private static readonly Option<string?>[] OfHealth = [Settings.Config, Settings.Timeout, Settings.Certificate];

    public static Command Build()
    {
        var command = new Command("guard", "stand before a service: no reply with a tag passes, and the log proves it") { Settings.Listen };
        foreach (var option in Single)
            command.Add(option);
        command.SetAction(words => ServerProgram.Become(["guard", .. Addresses(words), .. Words(words, Single)]));
        command.Add(BuildHealth());
        return command;
    }

    private static Command BuildHealth()
    {
        var health = new Command("health", "ask the guard of this machine: exit 0 when it is ready, 1 when not, 2 when it did not say");
        foreach (var option in OfHealth)
            health.Add(option);
        health.SetAction(words => ServerProgram.Become(["guard", "health", .. Words(words, OfHealth)]));
        return health;
    }

    private static IEnumerable<string> Addresses(ParseResult words) =>
        words.GetValue(Settings.Listen)!.SelectMany(address => new[] { Settings.Listen.Name, address });

    private static IEnumerable<string> Words(ParseResult words, Option<string?>[] options) =>
        options.SelectMany(option => words.GetValue(option) is { } value ? new[] { option.Name, value } : []);
}
