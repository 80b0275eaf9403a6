using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Storage;

namespace Untag.Server.Cluster;

/// <summary>A log that many programs write to, in PostgreSQL (docs/decisions/0043-many-writers-one-sequencer.md).</summary>
/// <remarks>
/// <list type="number">
/// <item>an entry is durable once its row of <c>untag_pending</c> is committed; entries that arrive meanwhile share the next commit;</item>
/// <item>one <see cref="LogSequencer"/> takes the rows that are there, whatever their numbers, and gives each an index;</item>
/// <item>it writes the tiles into a folder and signs. Readers never ask the database.</item>
/// </list>
/// </remarks>
public sealed class ClusterLog : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly SemaphoreSlim database = new(1);
    private readonly Lock gate = new(); // guards the batch that waits
    private Batch waiting = new();

    private ClusterLog(NpgsqlDataSource source) => this.source = source;

    /// <summary>Opens a log, or starts one.</summary>
    /// <param name="connection">How to connect, in the words of Npgsql.</param>
    /// <param name="origin">Which log it is: the name of its key.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LogDamageException">The database holds another log, or does not wait for its disk.</exception>
    /// <exception cref="IOException">The database cannot be reached.</exception>
    public static async Task<ClusterLog> Open(string connection, string origin, CancellationToken cancellation) =>
        new(await ClusterSchema.Open(connection, origin, cancellation));

    /// <summary>Adds an entry, and ends when it is durable. May be called by many threads: they share the commit. It has no index yet.</summary>
    /// <param name="entry">Its bytes, at most <see cref="LogStore.EntryMax"/>.</param>
    /// <exception cref="ArgumentException">It is longer.</exception>
    /// <exception cref="IOException">The database does not take it. Whether it is there afterwards is not known.</exception>
    public async Task Append(ReadOnlyMemory<byte> entry)
    {
        if (entry.Length > LogStore.EntryMax)
            throw new ArgumentException($"an entry has at most {LogStore.EntryMax} bytes, this one has {entry.Length}", nameof(entry));
        Batch batch;
        bool isFirst;
        lock (gate)
        {
            batch = waiting;
            isFirst = batch.Entries.Count == 0;
            batch.Entries.Add(entry.ToArray());
        }

        if (isFirst)
            await Write(batch); // with all that have gathered until the database was free
        await batch.Written.Task;
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        database.Dispose();
    }

    private async Task Write(Batch batch)
    {
        await database.WaitAsync();
        try
        {
            lock (gate)
                waiting = new Batch();
            await Database.Try(() => Insert(batch.Entries.ToArray()));
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

    private async Task<int> Insert(byte[][] entries)
    {
        await using var session = await source.OpenConnectionAsync();
        return await session.Run("insert into untag_pending (entry) select unnest($1)", CancellationToken.None, (object)entries);
    }

    private sealed class Batch
    {
        public List<byte[]> Entries { get; } = [];

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
