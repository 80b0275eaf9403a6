using System.CommandLine;
using System.Globalization;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Witnessing;

namespace Untag.Cli.Commands;

/// <summary><c>untag log witness LOG</c>: asks others to sign the checkpoint of a log. It, <c>untag prove --log --witness</c>
/// and <see cref="TimestampCommand"/> are the only commands that reach another machine: those that the user names.</summary>
internal static class LogWitnessCommand
{
    public static Command Build()
    {
        var command = new Command("witness", "have the checkpoint signed by witnesses, and keep their signatures with it")
        {
            LogCommand.Folder, Settings.Witness,
        };
        command.SetAction((words, cancellation) => Run(words, cancellation));
        return command;
    }

    private static Task<int> Run(ParseResult words, CancellationToken cancellation)
    {
        var witnesses = Keys.ReadWitnesses(words.GetValue(Settings.Witness)!);
        return witnesses.Count > 0
            ? LogCommand.Read(words, log => Ask(log, witnesses, cancellation))
            : throw new UserError("which witness?", "name its key and its address: --witness KEY=https://witness.example/");
    }

    /// <summary>Asks one witness; when it does not sign, its reason is told.</summary>
    public static async Task<WitnessAnswer> AskAsync(Witness witness, TiledLog log, CancellationToken cancellation)
    {
        var known = WitnessedCheckpoint.SizeSignedBy(log.Location, witness.Keys);
        var answer = await WitnessClient.Ask(witness, log, known, cancellation);
        if (answer.Refusal is { } reason)
            Terminal.WriteError($"the witness {witness.Name} has not signed: {reason}", $"it was asked at {witness.Address}");
        return answer;
    }

    private static async Task<int> Ask(TiledLog log, IReadOnlyList<Witness> witnesses, CancellationToken cancellation)
    {
        if (log.Prover.Root() != log.Checkpoint.Root)
            throw new LogDamageException("the tiles do not make up the root that the checkpoint states");
        var code = ExitCode.Holds;
        foreach (var witness in witnesses)
        {
            var answer = await AskAsync(witness, log, cancellation);
            if (answer.Refusal is not null)
            {
                code = ExitCode.Failed;
                continue;
            }

            Store(log, answer);
            Console.Out.WriteLine(Terminal.Printable(string.Create(
                CultureInfo.InvariantCulture, $"{witness.Name} has signed that {log.Checkpoint.Origin} has {log.Checkpoint.Size} entries")));
        }

        return code;
    }

    private static void Store(TiledLog log, WitnessAnswer answer)
    {
        try
        {
            WitnessedCheckpoint.Store(log.Location, log.Note, answer.Signatures);
        }
        catch (LogDamageException problem)
        {
            throw new UserError($"what the witness signed cannot be kept: {problem.Message}", "end that program, and ask again");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"what the witness signed cannot be kept: {FileProblem.InWords(problem)}", "the folder of the log must be writable, with room");
        }
    }
}
