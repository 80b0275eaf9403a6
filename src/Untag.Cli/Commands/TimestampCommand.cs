using System.CommandLine;
using Untag.Evidence;
using Untag.Evidence.Timestamps;
using Untag.Http;

namespace Untag.Cli.Commands;

/// <summary><c>untag prove timestamp BUNDLE</c>: asks the authority of time stamps that the user named. Where keys are kept there is no
/// network: there it writes the request, and puts the answer into the bundle that somebody fetched elsewhere.</summary>
internal static class TimestampCommand
{
    public static Command Build()
    {
        var bundle = ProveCommand.BundleArgument();
        var command = new Command("timestamp", "have an authority say when a statement was signed (RFC 3161)")
        {
            bundle, Settings.Authority, Settings.Request, Settings.Answer, Settings.Output,
        };
        command.SetAction((words, cancellation) => RunAsync(words, words.GetValue(bundle)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult words, string bundle, CancellationToken cancellation)
    {
        // The authority may stand in a variable, for all commands: the files of the command line go before it.
        switch (words.GetValue(Settings.Request), words.GetValue(Settings.Answer), words.GetValue(Settings.Authority))
        {
            case ({ } request, null, _):
                return ProveCommand.Edit(bundle, request, Timestamping.RequestFor);
            case (null, { } answer, _):
                return ProveCommand.Edit(bundle, ProveCommand.OutputOf(words), bytes => Add(bytes, VerifyCommand.Read(answer, "answer"), answer));
            case (null, null, { } authority):
                return await AskAsync(authority, bundle, ProveCommand.OutputOf(words), cancellation);
            default:
                throw new UserError(
                    "what is to be done?",
                    $"--authority URL asks an authority; without a network --request FILE writes what is sent to one as {Timestamping.RequestType}, and --answer FILE takes what it answered");
        }
    }

    private static async Task<int> AskAsync(string authority, string bundle, string output, CancellationToken cancellation)
    {
        var address = AddressOf(authority);
        try
        {
            var request = Timestamping.RequestFor(VerifyCommand.Read(bundle, "bundle"));
            var answer = await Timestamping.AskAsync(address, request, cancellation);
            return ProveCommand.Edit(bundle, output, bytes => Add(bytes, answer, authority));
        }
        catch (VerifyException problem)
        {
            Terminal.WriteError(problem.Message);
            return (int)problem.Failure;
        }
        catch (IOException problem)
        {
            throw new UserError($"the authority gave no time stamp: {problem.Message}", $"it was asked at {authority}");
        }
    }

    private static Uri AddressOf(string authority)
    {
        try
        {
            return PeerAddress.Parse(authority, "an authority");
        }
        catch (FormatException problem)
        {
            throw new UserError(problem.Message, "such as --authority https://time.example/tsr");
        }
    }

    private static byte[] Add(ReadOnlyMemory<byte> bundle, byte[] answer, string from)
    {
        try
        {
            return Timestamping.Add(bundle, answer);
        }
        catch (FormatException problem)
        {
            throw new UserError($"`{from}` gave no time stamp: {problem.Message}", "send the request of --request, whole, to an authority of time stamps");
        }
        catch (VerifyException problem) when (problem.Failure >= VerifyFailure.NoTimestamp)
        {
            throw new UserError($"what `{from}` gave cannot be used: {problem.Message}", "ask again with the request that --request writes for this bundle");
        }
    }
}
