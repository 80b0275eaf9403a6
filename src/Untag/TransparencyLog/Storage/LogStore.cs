using Untag.TransparencyLog.Notes;

namespace Untag.TransparencyLog.Storage;

/// <summary>A log to which entries are added. Only files: a journal for what is durable, tiles and a checkpoint for what is
/// published (docs/decisions/0040-a-log-is-files-alone.md).</summary>
/// <remarks>
/// <list type="number">
/// <item>entries that arrive while the disk is busy are written together, with one wait for the disk (<see cref="Journal"/>);</item>
/// <item>an entry has its index, and is told to be durable, only after that wait;</item>
/// <item><see cref="Publish"/> writes the tiles, waits for the disk, and signs (<see cref="PublishedLog"/>);</item>
/// <item>after a failure of the disk nothing more is taken: the folder must be opened anew.</item>
/// </list>
/// </remarks>
public sealed class LogStore : IDisposable
{
    /// <summary>Bytes that an entry may have.</summary>
    public const int EntryMax = 4096;

    private const string JournalName = "journal";

    private readonly SigningKey key;
    private readonly PublishedLog published;
    private readonly Journal journal;
    private readonly Lock gate = new(); // guards the batch that waits
    private readonly Lock disk = new(); // guards everything that is written
    private Batch waiting = new();
    private bool failed;

    private LogStore(string folder, SigningKey key, PublishedLog published)
    {
        this.key = key;
        this.published = published;
        journal = Journal.Open(Path.Join(folder, JournalName), published.Size, entry => published.Add(entry.Span));
    }

    /// <summary>The newest checkpoint; null before the first.</summary>
    public SignedNote? Newest => published.Newest;

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
        var published = PublishedLog.Open(folder, key.Verifier);
        try
        {
            return new LogStore(folder, key, published);
        }
        catch
        {
            published.Dispose();
            throw;
        }
    }

    /// <summary>Adds an entry, and returns when the disk has it. May be called by many threads: they share the wait.</summary>
    /// <param name="entry">Its bytes, at most <see cref="EntryMax"/>.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">It is longer.</exception>
    /// <exception cref="IOException">The disk does not take it, or did not take an earlier one.</exception>
    public ulong Append(ReadOnlyMemory<byte> entry) => Append([entry]);

    /// <summary>Adds entries one behind the other, with one wait for the disk.</summary>
    /// <param name="entries">Their bytes, each at most <see cref="EntryMax"/>; one entry or more.</param>
    /// <returns>The index of the first.</returns>
    /// <exception cref="ArgumentException">One is longer, or there is none.</exception>
    /// <exception cref="IOException">The disk does not take them, or did not take earlier ones.</exception>
    public ulong Append(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentOutOfRangeException.ThrowIfZero(entries.Count, nameof(entries));
        foreach (var entry in entries)
        {
            if (entry.Length > EntryMax)
                throw new ArgumentException($"an entry has at most {EntryMax} bytes, this one has {entry.Length}", nameof(entries));
        }

        Batch batch;
        int place;
        lock (gate)
        {
            batch = waiting;
            place = batch.Entries.Count;
            batch.Entries.AddRange(entries);
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
            return OnDisk(() =>
            {
                if (published is { IsShown: true, Newest: { } last })
                    return last;
                published.WriteTiles();
                var note = published.Sign(key);
                journal.Forget(published.Size);
                return note;
            });
        }
    }

    /// <summary>Stores what a witness signed: with the checkpoint, when it is still the newest, and beside it.</summary>
    /// <param name="asked">The checkpoint that it was asked to sign.</param>
    /// <param name="signatures">Its cosignatures, which its keys have verified.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Cosign(SignedNote asked, IReadOnlyList<NoteSignature> signatures)
    {
        lock (disk)
        {
            OnDisk(() =>
            {
                published.Cosign(asked, signatures);
                return true;
            });
        }
    }

    /// <summary>Closes the log. What is durable and not published stays in the journal.</summary>
    public void Dispose()
    {
        lock (disk)
        {
            try
            {
                if (!failed)
                    journal.MarkEnd();
            }
            catch (IOException)
            {
                // Everything that was told to be durable is.
            }

            journal.Dispose();
            published.Dispose();
        }
    }

    private T OnDisk<T>(Func<T> write)
    {
        if (failed)
            throw new IOException("the disk failed before: open the log anew");
        try
        {
            return write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            failed = true;
            throw new IOException(FileProblem.InWords(problem));
        }
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
                published.Add(entry.Span);
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

    private sealed class Batch
    {
        public List<ReadOnlyMemory<byte>> Entries { get; } = [];

        public ulong First { get; set; }

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }
    }
}
