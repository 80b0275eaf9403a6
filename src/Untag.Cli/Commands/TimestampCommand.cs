using System.CommandLine;
using Untag.Evidence;
using Untag.Evidence.Timestamps;

namespace Untag.Cli.Commands;

/// <summary><c>untag prove timestamp BUNDLE</c>: writes the request for an authority of time stamps, or puts its answer into the
/// bundle. What goes to the authority, and how, is up to the user.</summary>
internal static class TimestampCommand
{
    public static Command Build()
    {
        var bundle = ProveCommand.BundleArgument();
        var command = new Command("timestamp", "have an authority say when a statement was signed (RFC 3161)")
        {
            bundle, Settings.Request, Settings.Answer, Settings.Output,
        };
        command.SetAction(words => Run(words, words.GetValue(bundle)!));
        return command;
    }

    private static int Run(ParseResult words, string bundle) => (words.GetValue(Settings.Request), words.GetValue(Settings.Answer)) switch
    {
        ({ } request, null) => ProveCommand.Edit(bundle, request, Timestamping.RequestFor),
        (null, { } answer) => ProveCommand.Edit(bundle, ProveCommand.OutputOf(words), bytes => Add(bytes, answer)),
        _ => throw new UserError(
            "what is to be done?",
            $"--request FILE writes a request; send it as {Timestamping.RequestType} to an authority, and name what it answers with --answer FILE"),
    };

    private static byte[] Add(ReadOnlyMemory<byte> bundle, string answer)
    {
        try
        {
            return Timestamping.Add(bundle, VerifyCommand.Read(answer, "answer"));
        }
        catch (FormatException problem)
        {
            throw new UserError($"`{answer}` is no time stamp: {problem.Message}", "send the request of --request, whole, to an authority of time stamps");
        }
        catch (VerifyException problem) when (problem.Failure >= VerifyFailure.NoTimestamp)
        {
            throw new UserError($"`{answer}` cannot be used: {problem.Message}", "ask again with the request that --request writes for this bundle");
        }
    }
}
