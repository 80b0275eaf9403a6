using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Server.Cluster;

/// <summary>One of the programs that write to a log in PostgreSQL (docs/decisions/0043-many-writers-one-sequencer.md).</summary>
/// <remarks>
/// <list type="number">
/// <item>a writer has a name, and a lock of the database on it that lives as long as its connection: of two with one name the second is
/// told so, and what a connection that was lost still had to do is over when the lock can be had again;</item>
/// <item>an entry is durable once its row of <c>untag_pending</c> is committed; entries that arrive meanwhile share the next commit. One
/// batch is committed before the next is sent, so that entries of a writer stay in their order;</item>
/// <item>after a failure nothing more is taken: the log must be opened anew. The bookmark then tells what is there;</item>
/// <item>one <see cref="LogSequencer"/> takes the rows that are there, whatever their numbers, and gives each an index;</item>
/// <item>it writes the tiles into a folder and signs. Readers never ask the database.</item>
/// </list>
/// </remarks>
public sealed class ClusterLog : IAsyncDisposable
{
    private const int AnswerSecondsMax = 10; // for a commit: whoever waits for it waits as long

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlConnection session;
    private readonly VerifierKey key;
    private readonly string writer;
    private readonly SemaphoreSlim database = new(1);
    private readonly Lock gate = new(); // guards the batch that waits
    private Batch waiting = new();
    private bool failed;

    private ClusterLog(NpgsqlDataSource source, NpgsqlConnection session, VerifierKey key, string writer, byte[]? bookmark)
    {
        this.source = source;
        this.session = session;
        this.key = key;
        this.writer = writer;
        Bookmark = bookmark;
    }

    /// <summary>What this writer left when it was last here, by whatever program; null when it never was.</summary>
    public byte[]? Bookmark { get; }

    /// <summary>Opens a log, or starts one.</summary>
    /// <param name="connection">How to connect, in the words of Npgsql.</param>
    /// <param name="key">Which log it is: the key that signs it.</param>
    /// <param name="writer">Name of the writer.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LogDamageException">The database holds another log, or does not wait for its disk; or another program writes
    /// under this name.</exception>
    /// <exception cref="IOException">The database cannot be reached.</exception>
    public static async Task<ClusterLog> Open(string connection, VerifierKey key, string writer, CancellationToken cancellation)
    {
        var source = await ClusterSchema.Open(Bounded(connection).ConnectionString, key, cancellation);
        NpgsqlConnection? session = null;
        try
        {
            session = await Database.Try(async () => await source.OpenConnectionAsync(cancellation));
            const string theLock = "select pg_try_advisory_lock(hashtextextended('writer ' || $1, 'untag_writers'::regclass::oid::bigint))";
            if (!await Database.Try(() => session.Value<bool>(theLock, cancellation, writer)))
                throw new LogDamageException($"another program writes as `{writer}`") { IsInUse = true };
            return new ClusterLog(source, session, key, writer, await Database.Try(() => ReadBookmark(session, writer, cancellation)));
        }
        catch
        {
            if (session is not null)
                await session.DisposeAsync();
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Compares the database with what a folder knows of the log.</summary>
    /// <param name="folder">The folder that is published into.</param>
    /// <exception cref="LogDamageException">The database was set back: nothing may be told to be durable in it.</exception>
    /// <exception cref="IOException">The database or the folder does not answer.</exception>
    public async Task Compare(string folder)
    {
        await database.WaitAsync();
        try
        {
            await Ask(async () =>
            {
                await KnownPast.Compare(session, folder, key, CancellationToken.None);
                return 0;
            });
        }
        finally
        {
            database.Release();
        }
    }

    /// <summary>Adds an entry, and ends when it is durable. May be called by many threads: they share the commit. It has no index yet.</summary>
    /// <param name="entry">Its bytes, at most <see cref="LogStore.EntryMax"/>.</param>
    /// <exception cref="ArgumentException">It is longer.</exception>
    /// <exception cref="IOException">The database does not take it, or did not take an earlier one. Whether it is there is not known.
    /// </exception>
    public Task Append(ReadOnlyMemory<byte> entry) => Append([entry], bookmark: null);

    /// <summary>Adds entries one behind the other, and ends when they are durable.</summary>
    /// <param name="entries">Their bytes, each at most <see cref="LogStore.EntryMax"/>.</param>
    /// <param name="bookmark">What this writer is to find when it opens the log again: there if and only if the entries are; null to leave
    /// what was left before.</param>
    /// <exception cref="ArgumentException">One is longer.</exception>
    /// <exception cref="IOException">The database does not take them, or did not take earlier ones. Whether they are there, the bookmark tells.
    /// </exception>
    public async Task Append(IReadOnlyList<ReadOnlyMemory<byte>> entries, byte[]? bookmark)
    {
        foreach (var entry in entries)
        {
            if (entry.Length > LogStore.EntryMax)
                throw new ArgumentException($"an entry has at most {LogStore.EntryMax} bytes, this one has {entry.Length}", nameof(entries));
        }

        Batch batch;
        bool isFirst;
        lock (gate)
        {
            batch = waiting;
            isFirst = batch.Entries.Count == 0;
            batch.Entries.AddRange(entries.Select(entry => entry.ToArray()));
            batch.Bookmark = bookmark ?? batch.Bookmark;
        }

        if (isFirst)
            await Write(batch); // with all that have gathered until the database was free
        await batch.Written.Task;
    }

    /// <summary>Finds out whether the database is there.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public async Task Look()
    {
        await database.WaitAsync();
        try
        {
            await Ask(() => session.Run("select 1", CancellationToken.None));
        }
        finally
        {
            database.Release();
        }
    }

    /// <summary>Closes the connection, and lets the name go.</summary>
    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await source.DisposeAsync();
        database.Dispose();
    }

    /// <summary>How this writer connects: on one connection of its own, whose every answer is waited for so long and no longer.</summary>
    internal static NpgsqlConnectionStringBuilder Bounded(string connection)
    {
        var words = new NpgsqlConnectionStringBuilder(connection) { Pooling = false };
        if (words.CommandTimeout is 0 or > AnswerSecondsMax) // 0 is for ever
            words.CommandTimeout = AnswerSecondsMax;
        return words;
    }

    private static async Task<byte[]?> ReadBookmark(NpgsqlConnection session, string writer, CancellationToken cancellation)
    {
        await using var command = session.Command("select bookmark from untag_writers where name = $1", writer);
        return await command.ExecuteScalarAsync(cancellation) as byte[];
    }

    private async Task Write(Batch batch)
    {
        await database.WaitAsync();
        try
        {
            lock (gate)
                waiting = new Batch();
            await Ask(() => Insert(batch));
            batch.Written.SetResult();
        }
        catch (Exception problem) // of any kind: nobody may be told that what failed is durable, or wait for ever
        {
            batch.Written.SetException(problem is IOException ? problem : new IOException(problem.Message));
        }
        finally
        {
            database.Release();
        }
    }

    // Nothing is sent behind what failed: it would come before it, should it be sent again.
    private async Task Ask(Func<Task<int>> work)
    {
        if (failed)
            throw new IOException("the database failed before: open the log anew");
        try
        {
            await Database.Try(work);
        }
        catch
        {
            failed = true;
            throw;
        }
    }

    private Task<int> Insert(Batch batch)
    {
        var entries = batch.Entries.ToArray();
        const string add = "insert into untag_pending (entry) select unnest($1::bytea[])";
        const string leave = "insert into untag_writers (name, bookmark) values ($2, $3) on conflict (name) do update set bookmark = excluded.bookmark";
        return batch.Bookmark is { } bookmark
            ? session.Run($"with left_behind as ({leave}) {add}", CancellationToken.None, entries, writer, bookmark)
            : session.Run(add, CancellationToken.None, (object)entries);
    }

    private sealed class Batch
    {
        public List<byte[]> Entries { get; } = [];

        public byte[]? Bookmark { get; set; }

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
