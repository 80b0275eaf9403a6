using System.CommandLine;
using System.Globalization;
using System.Text;
using Untag.Evidence;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;

namespace Untag.Cli.Commands;

/// <summary><c>untag log show|verify|export</c>: reads a transparency log, of Untag or of another tool with tiles;
/// <see cref="LogWitnessCommand"/> has it signed.</summary>
internal static class LogCommand
{
    /// <summary>The folder of a log.</summary>
    public static readonly Argument<string> Folder = new("log") { Description = "folder of the log" };

    public static Command Build()
    {
        var show = new Command("show", "print the entries, one a line after its index") { Folder, Settings.Output };
        show.SetAction((words, cancellation) => Read(words, log => Show(words, log, cancellation)));
        var verify = new Command("verify", "recompute the tree from the entries, and compare it with the checkpoint")
        {
            Folder, Settings.LogKey, Settings.Witness, Settings.Checkpoint, Settings.Quiet,
        };
        verify.SetAction((words, cancellation) => Read(words, log => Compare(words, log, cancellation)));
        var export = new Command("export", "copy what anybody may read: checkpoint and tiles, once they are verified")
        {
            Folder, Settings.Output, Settings.Quiet,
        };
        export.SetAction((words, cancellation) => Read(words, log => Export(words, log, cancellation)));
        return new Command("log", "read a transparency log, and have it signed by witnesses") { show, verify, export, LogWitnessCommand.Build() };
    }

    /// <summary>Reads the log that the words name.</summary>
    /// <exception cref="UserError">It cannot be read, or is not whole.</exception>
    public static async Task<int> Read(ParseResult words, Func<TiledLog, Task<int>> read)
    {
        var folder = words.GetValue(Folder)!;
        try
        {
            return await read(TiledLog.Open(folder));
        }
        catch (LogDamageException problem)
        {
            throw new UserError($"the log `{folder}` is not whole: {problem.Message}", "ask whoever keeps it, and keep what you have seen of it");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"the log `{folder}` cannot be read: {FileProblem.InWords(problem)}", "name the folder that holds its checkpoint");
        }
    }

    private static Task<int> Read(ParseResult words, Func<TiledLog, int> read) => Read(words, log => Task.FromResult(read(log)));

    private static int Show(ParseResult words, TiledLog log, CancellationToken cancellation)
    {
        ResultOutput.Write(words.GetValue(Settings.Output), output =>
        {
            using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
            var index = 0UL;
            foreach (var entry in log.Entries())
            {
                cancellation.ThrowIfCancellationRequested();
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{index++}\t{Terminal.Printable(Encoding.UTF8.GetString(entry.Span))}"));
            }
        });
        return ExitCode.Holds;
    }

    // With the numbers with which `untag verify` refuses the log in a bundle.
    private static int Compare(ParseResult words, TiledLog log, CancellationToken cancellation)
    {
        try
        {
            return Accept(words, log, cancellation);
        }
        catch (Exception problem) when (problem is VerifyException or LogDamageException)
        {
            var refused = problem as VerifyException ?? new VerifyException(VerifyFailure.LogDamaged, problem.Message);
            Terminal.WriteError($"`{words.GetValue(Folder)}`: {refused.Message}", "ask whoever keeps it, and keep what you have seen of it");
            return (int)refused.Failure;
        }
    }

    private static int Accept(ParseResult words, TiledLog log, CancellationToken cancellation)
    {
        var (origin, size, root, _) = log.Checkpoint;
        var signed = "signed, but compared with no key of yours: name it with --log-key";
        var seen = words.GetValue(Settings.Checkpoint) is { } kept ? Keys.ReadCheckpoint(kept) : null;
        if (words.GetValue(Settings.LogKey) is { } named)
        {
            var key = Keys.ReadVerifier(named);
            CompareKey(key, log.Note, "its checkpoint");
            if (seen is not null)
                CompareKey(key, seen, "the one that you have seen");
            signed = $"signed by {key}";
        }

        Verify(words, log, cancellation);
        var witnesses = LogEvidence.WitnessesOf(log.Note, words.GetValue(Settings.Witness)!.Select(Keys.ReadWitnessKey));
        var grew = seen is null ? null : GrewFrom(log, seen);
        Console.Out.WriteLine(Terminal.Printable(string.Create(CultureInfo.InvariantCulture, $"{origin}: {size} entries, root {root}")));
        Console.Out.WriteLine("every entry is the one that was logged");
        Console.Out.WriteLine(Terminal.Printable(signed));
        if (grew is not null)
            Console.Out.WriteLine(grew);
        Console.Out.WriteLine(witnesses.Count == 0 ? "no witness: self-asserted" : Terminal.Printable($"witnesses: {string.Join(", ", witnesses)}"));
        return ExitCode.Holds;
    }

    private static void CompareKey(VerifierKey key, SignedNote note, string what)
    {
        var verdict = key.Check(note);
        if (verdict == NoteVerdict.Absent || Checkpoint.Parse(note.Text).Origin != key.Name)
            throw new VerifyException(VerifyFailure.OtherLog, $"{what} is not signed by {key}");
        if (verdict == NoteVerdict.Forged)
            throw new VerifyException(VerifyFailure.BadCheckpoint, $"{what} is not what {key.Name} signed");
    }

    private static void Verify(ParseResult words, TiledLog log, CancellationToken cancellation)
    {
        using var progress = ProgressLine.OverEntries(words.GetValue(Settings.Quiet), "verifying", log.Checkpoint.Size);
        log.Verify(progress, cancellation);
    }

    private static string GrewFrom(TiledLog log, SignedNote seen)
    {
        var older = Checkpoint.Parse(seen.Text);
        var newer = log.Checkpoint;
        if (older.Origin != newer.Origin)
            throw new VerifyException(VerifyFailure.OtherLog, $"the one that you have seen is of {older.Origin}");
        if (older.Size > newer.Size)
            throw new VerifyException(VerifyFailure.RolledBack, $"it had {older.Size} entries, and has {newer.Size}");
        return log.GrewFrom(older)
            ? string.Create(CultureInfo.InvariantCulture, $"it grew out of the one with {older.Size} entries")
            : throw new VerifyException(VerifyFailure.Forked, $"at {older.Size} entries it was another");
    }

    private static int Export(ParseResult words, TiledLog log, CancellationToken cancellation)
    {
        var target = words.GetValue(Settings.Output) ?? throw new UserError("where to?", "name a folder: --output public/log");
        Verify(words, log, cancellation);
        try
        {
            if (LogExport.Obstacle(log, target) is { } obstacle)
                throw new UserError($"the folder `{target}` cannot take the copy: {obstacle}", "name a new folder, or one with an earlier copy of this log");
            using var progress = ProgressLine.OverEntries(words.GetValue(Settings.Quiet), "copying", log.Checkpoint.Size);
            LogExport.Copy(log, target, progress, cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"the folder `{target}` cannot be written: {FileProblem.InWords(problem)}", "name a folder that may be written, with room; the copy is gone on with");
        }

        Console.Out.WriteLine($"wrote {target}: {log.Checkpoint.Size} entries");
        return ExitCode.Holds;
    }
}
