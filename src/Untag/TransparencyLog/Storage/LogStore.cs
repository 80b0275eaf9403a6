using System.Text;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;

namespace Untag.TransparencyLog.Storage;

/// <summary>A log to which entries are added. Only files: a journal for what is durable, tiles and a checkpoint for what is
/// published (docs/decisions/0040-a-log-is-files-alone.md).</summary>
/// <remarks>
/// <list type="number">
/// <item>entries that arrive while the disk is busy are written together, with one wait for the disk (<see cref="Journal"/>);</item>
/// <item>an entry has its index, and is told to be durable, only after that wait;</item>
/// <item><see cref="Publish"/> writes the tiles, waits for the disk, and signs: never a head that is smaller than the last one or
/// that the last one is no part of, because it goes on from the tiles of the last;</item>
/// <item>after a failure of the disk nothing more is taken: the folder must be opened anew.</item>
/// </list>
/// </remarks>
public sealed class LogStore : IDisposable
{
    /// <summary>Bytes that an entry may have.</summary>
    public const int EntryMax = 4096;

    private const string LockName = "lock";
    private const string JournalName = "journal";

    private readonly string folder;
    private readonly SigningKey key;
    private readonly FileStream theLock;
    private readonly TileWriter tiles;
    private readonly Journal journal;
    private readonly Lock gate = new(); // guards the batch that waits
    private readonly Lock disk = new(); // guards everything that is written
    private Batch waiting = new();
    private bool failed;

    private LogStore(string folder, SigningKey key, FileStream theLock, SignedNote? newest)
    {
        this.folder = folder;
        this.key = key;
        this.theLock = theLock;
        Newest = newest;
        var head = newest is null ? null : Checkpoint.Parse(newest.Text);
        tiles = new TileWriter(folder, head?.Size ?? 0);
        if (head is not null && tiles.Root() != head.Root)
            throw new LogDamageException("the tiles do not make up the root that the checkpoint states");
        journal = Journal.Open(Path.Join(folder, JournalName), tiles.Size, entry => tiles.Add(entry.Span));
    }

    /// <summary>The newest checkpoint; null before the first.</summary>
    public SignedNote? Newest { get; private set; }

    /// <summary>Entries that are durable.</summary>
    public ulong Size
    {
        get
        {
            lock (disk)
                return journal.Next;
        }
    }

    /// <summary>Opens a log, or starts one. Entries that were durable and not published are taken over.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="key">The key of the log; its name is the origin of the log.</param>
    /// <exception cref="LogDamageException">It is damaged, of another key, or in use.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static LogStore Open(string folder, SigningKey key)
    {
        Directory.CreateDirectory(folder);
        FileStream theLock;
        try
        {
            // Two writers would give the same index to two entries.
            theLock = new FileStream(Path.Join(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(Path.Join(folder, LockName)))
        {
            throw new LogDamageException("another program has the log open");
        }

        try
        {
            return new LogStore(folder, key, theLock, ReadNewest(folder, key));
        }
        catch
        {
            theLock.Dispose();
            throw;
        }
    }

    /// <summary>Adds an entry, and returns when the disk has it. May be called by many threads: they share the wait.</summary>
    /// <param name="entry">Its bytes, at most <see cref="EntryMax"/>.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">It is longer.</exception>
    /// <exception cref="IOException">The disk does not take it, or did not take an earlier one.</exception>
    public ulong Append(ReadOnlyMemory<byte> entry)
    {
        if (entry.Length > EntryMax)
            throw new ArgumentException($"an entry has at most {EntryMax} bytes, this one has {entry.Length}", nameof(entry));
        Batch batch;
        int place;
        lock (gate)
        {
            batch = waiting;
            place = batch.Entries.Count;
            batch.Entries.Add(entry);
        }

        if (place == 0)
        {
            // Whoever opens a batch writes it, with all that have gathered until the disk was free.
            lock (disk)
            {
                lock (gate)
                    waiting = new Batch();
                Write(batch);
            }
        }

        batch.Written.Task.GetAwaiter().GetResult();
        return batch.Failure is null ? batch.First + (ulong)place : throw new IOException(FileProblem.InWords(batch.Failure));
    }

    /// <summary>Writes what is durable as tiles and signs a checkpoint over it.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public SignedNote Publish()
    {
        lock (disk)
        {
            if (failed)
                throw new IOException("the disk failed before: open the log anew");
            if (Newest is { } last && Checkpoint.Parse(last.Text).Size == tiles.Size)
                return last;
            try
            {
                tiles.Flush();
                var text = new Checkpoint(key.Verifier.Name, tiles.Size, tiles.Root()).ToString();
                var note = new SignedNote(text, [key.Sign(text)]);
                DurableFile.Write(Path.Join(folder, TileFolder.CheckpointName), Encoding.UTF8.GetBytes(note.ToString()));
                Newest = note;
                journal.Forget(tiles.Size);
                return note;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                failed = true;
                throw new IOException(FileProblem.InWords(problem));
            }
        }
    }

    /// <summary>Closes the log. What is durable and not published stays in the journal.</summary>
    public void Dispose()
    {
        journal.Dispose();
        theLock.Dispose();
    }

    private void Write(Batch batch)
    {
        try
        {
            if (failed)
                throw new IOException("the disk failed before: open the log anew");
            batch.First = journal.Next;
            journal.Append(batch.Entries);
            foreach (var entry in batch.Entries)
                tiles.Add(entry.Span);
        }
        catch (Exception problem) // of any kind: nobody may be told that what failed is durable
        {
            failed = true;
            batch.Failure = problem;
        }
        finally
        {
            batch.Written.SetResult(); // whoever waits must not wait for ever
        }
    }

    private static SignedNote? ReadNewest(string folder, SigningKey key)
    {
        var path = Path.Join(folder, TileFolder.CheckpointName);
        if (!File.Exists(path))
            return null;
        try
        {
            var note = SignedNote.Parse(File.ReadAllBytes(path));
            return key.Verifier.Check(note) == NoteVerdict.Valid && Checkpoint.Parse(note.Text).Origin == key.Verifier.Name
                ? note
                : throw new LogDamageException("its checkpoint is not signed with this key");
        }
        catch (FormatException problem)
        {
            throw new LogDamageException($"the checkpoint cannot be read: {problem.Message}");
        }
    }

    private sealed class Batch
    {
        public List<ReadOnlyMemory<byte>> Entries { get; } = [];

        public ulong First { get; set; }

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }
    }
}
