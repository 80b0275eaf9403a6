using System.CommandLine;
using System.Globalization;
using System.Text;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Trees;

namespace Untag.Cli.Commands;

/// <summary><c>untag log show|verify|export</c>: reads a transparency log, of Untag or of another tool with tiles.</summary>
internal static class LogCommand
{
    private static readonly Argument<string> Folder = new("log") { Description = "folder of the log" };

    public static Command Build()
    {
        var show = new Command("show", "print the entries, one a line after its index") { Folder, Settings.Output };
        show.SetAction((words, cancellation) => Task.FromResult(Readable(words, log => Show(words, log, cancellation))));
        var verify = new Command("verify", "recompute the tree from the entries, and compare it with the checkpoint")
        {
            Folder, Settings.LogKey, Settings.Witness, Settings.Checkpoint,
        };
        verify.SetAction((words, cancellation) => Task.FromResult(Readable(words, log => Verify(words, log, cancellation))));
        var export = new Command("export", "copy what anybody may read: checkpoint and tiles, once they are verified")
        {
            Folder, Settings.Output,
        };
        export.SetAction((words, cancellation) => Task.FromResult(Readable(words, log => Export(words, log, cancellation))));
        return new Command("log", "read a transparency log") { show, verify, export };
    }

    private static int Readable(ParseResult words, Func<TiledLog, int> read)
    {
        var folder = words.GetValue(Folder)!;
        try
        {
            return read(TiledLog.Open(folder));
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

    private static int Verify(ParseResult words, TiledLog log, CancellationToken cancellation)
    {
        log.Verify(null, cancellation);
        var (origin, size, root, _) = log.Checkpoint;
        var signed = "signed, but compared with no key of yours: name it with --log-key";
        if (words.GetValue(Settings.LogKey) is { } named)
        {
            var key = Keys.ReadVerifier(named);
            if (key.Check(log.Note) != NoteVerdict.Valid || key.Name != origin)
                throw new LogDamageException($"its checkpoint is not signed by {key}");
            signed = $"signed by {key}";
        }

        var witnesses = Witnesses.Of(log.Note, words.GetValue(Settings.Witness)!.Select(Keys.ReadVerifier));
        var grew = words.GetValue(Settings.Checkpoint) is { } seen ? GrewFrom(log, Keys.ReadCheckpoint(seen)) : null;
        Console.Out.WriteLine(Terminal.Printable(string.Create(CultureInfo.InvariantCulture, $"{origin}: {size} entries, root {root}")));
        Console.Out.WriteLine("every entry is the one that was logged");
        Console.Out.WriteLine(Terminal.Printable(signed));
        if (grew is not null)
            Console.Out.WriteLine(grew);
        Console.Out.WriteLine(witnesses.Count == 0 ? "no witness: self-asserted" : Terminal.Printable($"witnesses: {string.Join(", ", witnesses)}"));
        return ExitCode.Holds;
    }

    private static string GrewFrom(TiledLog log, SignedNote seen)
    {
        var older = Checkpoint.Parse(seen.Text);
        var newer = log.Checkpoint;
        if (older.Origin != newer.Origin)
            throw new LogDamageException("the checkpoint that you gave is of another log");
        if (older.Size > newer.Size)
            throw new LogDamageException($"it was rolled back: it had {older.Size} entries, and has {newer.Size}");
        var same = older.Size == 0
            || MerkleProofs.Extends(older.Size, newer.Size, older.Root, newer.Root, log.Prover.Consistency(older.Size));
        return same
            ? string.Create(CultureInfo.InvariantCulture, $"it grew out of the one with {older.Size} entries")
            : throw new LogDamageException($"it was forked: at {older.Size} entries it was another");
    }

    private static int Export(ParseResult words, TiledLog log, CancellationToken cancellation)
    {
        var target = words.GetValue(Settings.Output) ?? throw new UserError("where to?", "name a folder: --output public/log");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new UserError($"the folder `{target}` is not empty", "name a new folder");
        log.Verify(null, cancellation);
        var writer = new TileWriter(target, 0);
        foreach (var entry in log.Entries())
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Add(entry.Span);
        }

        writer.Flush();
        Directory.CreateDirectory(target);
        ResultOutput.Write(Path.Join(target, TileFolder.CheckpointName), output => output.Write(Encoding.UTF8.GetBytes(log.Note.ToString())));
        Console.Out.WriteLine($"wrote {target}: {log.Checkpoint.Size} entries");
        return ExitCode.Holds;
    }
}
