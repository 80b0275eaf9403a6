using System.CommandLine;
using Untag.Evidence;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Witnessing;

namespace Untag.Cli.Commands;

/// <summary>The log that a statement or a plan is written into.</summary>
internal static class Logs
{
    /// <summary>The private key for <c>--log</c>; null when no log is asked for.</summary>
    /// <exception cref="UserError">There is none, or none that can be used.</exception>
    public static SigningKey? KeyFor(ParseResult words) => words.GetValue(Settings.Log) is null
        ? null
        : Keys.ReadLogKey(words.GetValue(Settings.LogKey)
            ?? throw new UserError("with which key is the log signed?", "name it: --log-key log.key; `untag keys new --name NAME` makes one"));

    /// <summary>Writes the statement of a bundle into a log, and the proof into the bundle, with what witnesses sign.</summary>
    /// <returns>The bundle, and whether every witness has signed; why one has not was told.</returns>
    /// <exception cref="UserError">The log cannot be used.</exception>
    public static (byte[] Bundle, bool AllSigned) Add(
        string folder, SigningKey key, byte[] bundle, DateOnly day, IReadOnlyList<Witness> witnesses, CancellationToken cancellation)
    {
        var allSigned = true;
        return (Written(folder, key, log => LogEvidence.Add(bundle, log, folder, key.Verifier, day, Ask)), allSigned);

        IReadOnlyList<NoteSignature> Ask(TiledLog log)
        {
            var signatures = new List<NoteSignature>();
            foreach (var witness in witnesses)
            {
                var answer = LogWitnessCommand.AskAsync(witness, log, cancellation).GetAwaiter().GetResult();
                signatures.AddRange(answer.Signatures);
                allSigned &= answer.Refusal is null;
            }

            return signatures;
        }
    }

    /// <summary>Writes an entry into a log, and publishes it.</summary>
    /// <returns>Its index.</returns>
    /// <exception cref="UserError">The log cannot be used.</exception>
    public static ulong Add(string folder, SigningKey key, LogEntry entry) => Written(folder, key, log =>
    {
        var index = log.Append(entry.ToBytes());
        log.Publish();
        return index;
    });

    private static T Written<T>(string folder, SigningKey key, Func<LogStore, T> write)
    {
        try
        {
            using var log = LogStore.Open(folder, key);
            return write(log);
        }
        catch (LogDamageException problem)
        {
            throw new UserError($"the log `{folder}` cannot be used: {problem.Message}", "`untag log verify` tells more; name another folder for a new log");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"the log `{folder}` cannot be written: {FileProblem.InWords(problem)}", "name a folder that may be written, with room");
        }
    }
}
