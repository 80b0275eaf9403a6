using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Server.Cluster;

/// <summary>The time during which a program is the one sequencer of a log: from the lock of the database until it ends or is lost.</summary>
/// <remarks>
/// <para>A lock that lives as long as a connection keeps others out. Should the database end the connection while the program goes on, the
/// epoch does: each term begins by counting it up, and nothing is changed or signed but under the epoch of the term.</para>
/// <para>A checkpoint is recorded in the database before it is signed. So what is signed is never more than what is recorded, and a
/// database that knows less than the folder was set back to an earlier state: nothing is signed then.</para>
/// </remarks>
internal sealed class SequencerTerm : IAsyncDisposable
{
    private readonly NpgsqlConnection session;
    private readonly PublishedLog published;
    private readonly SigningKey key;
    private readonly long epoch;
    private bool isNoted; // the checkpoint that is shown is in the database too

    private SequencerTerm(NpgsqlConnection session, PublishedLog published, SigningKey key, long epoch)
    {
        this.session = session;
        this.published = published;
        this.key = key;
        this.epoch = epoch;
    }

    /// <summary>Entries that have an index.</summary>
    public ulong Size => published.Size;

    /// <summary>Begins a term; null while another program has one.</summary>
    /// <param name="source">The database.</param>
    /// <param name="folder">Where readers find the log.</param>
    /// <param name="key">The key of the log.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LogDamageException">What the database holds is not what was signed, or another program has the folder.</exception>
    /// <exception cref="IOException">The database or the folder does not work.</exception>
    public static async Task<SequencerTerm?> TryBegin(
        NpgsqlDataSource source, string folder, SigningKey key, CancellationToken cancellation)
    {
        var session = await Database.Try(async () => await source.OpenConnectionAsync(cancellation));
        PublishedLog? published = null;
        try
        {
            const string theLock = "select pg_try_advisory_lock((1970173031::bigint << 32) + 'untag_head'::regclass::oid::bigint)";
            if (!await Database.Try(() => session.Value<bool>(theLock, cancellation)))
            {
                await session.DisposeAsync();
                return null;
            }

            var epoch = await Database.Try(() => session.Value<long>("update untag_head set epoch = epoch + 1 returning epoch", cancellation));
            published = PublishedLog.Open(folder, key.Verifier);
            var head = await Database.Try(() => SequencedEntries.Head(session, cancellation));
            await Database.Try(() => SequencedEntries.CatchUp(session, published, head, head.Size, cancellation));
            return new SequencerTerm(session, published, key, epoch);
        }
        catch
        {
            published?.Dispose();
            await End(session);
            throw;
        }
    }

    /// <summary>Gives entries that wait their index, in one transaction. A row that was committed late is there the next time: what is
    /// taken is what is there, never what has a number above the last one.</summary>
    /// <param name="most">Entries to take at most.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many were taken.</returns>
    /// <exception cref="IOException">The term is over, or the database or the disk fails: the term must be ended.</exception>
    public Task<int> Sequence(int most, CancellationToken cancellation) => Database.Try(async () =>
    {
        await using var transaction = await session.BeginTransactionAsync(cancellation);
        await Hold("for update", cancellation);
        var taken = new List<(long Index, byte[] Entry)>();
        await using (var command = session.Command(
            """
            with taken as (
                delete from untag_pending where id = any(array(select id from untag_pending order by id limit $1)) returning id, entry)
            insert into untag_entries (index, entry) select $2 + row_number() over (order by id) - 1, entry from taken
            returning index, entry
            """,
            most, (long)published.Size))
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
                taken.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        }

        if (taken.Count == 0)
            return 0;
        await session.Run("update untag_head set size = $1", cancellation, (long)published.Size + taken.Count);
        await transaction.CommitAsync(cancellation);
        foreach (var (_, entry) in taken.OrderBy(row => row.Index))
            published.Add(entry);
        return taken.Count;
    });

    /// <summary>Writes the tiles of what has an index, and signs a checkpoint over them.</summary>
    /// <exception cref="IOException">The term is over, or the database or the disk fails: the term must be ended.</exception>
    public async Task<SignedNote> Publish(CancellationToken cancellation)
    {
        if (published is { IsShown: true, Newest: { } last })
        {
            if (!isNoted)
                await Database.Try(() => Note(last, cancellation));
            return last;
        }

        published.WriteTiles();
        var (size, root) = ((long)published.Size, SequencedEntries.Bytes(published.Root));
        return await Database.Try(async () =>
        {
            const string record = "update untag_head set signed_size = $1, signed_root = $2 where epoch = $3 and size = $1 and signed_size <= $1";
            if (await session.Run(record, cancellation, size, root, epoch) != 1)
                throw Over();
            // Nobody begins a term while this one signs.
            await using var transaction = await session.BeginTransactionAsync(cancellation);
            await Hold("for update", cancellation);
            var note = published.Sign(key);
            await Note(note, cancellation);
            await transaction.CommitAsync(cancellation);
            return note;
        });
    }

    /// <summary>Ends the term.</summary>
    public async ValueTask DisposeAsync()
    {
        published.Dispose();
        await End(session);
    }

    // A connection that goes back to its pool would keep the lock.
    private static async Task End(NpgsqlConnection session)
    {
        try
        {
            await Database.Try(() => session.Run("select pg_advisory_unlock_all()", CancellationToken.None));
        }
        catch (IOException)
        {
            // It has ended, and its lock with it.
        }

        await session.DisposeAsync();
    }

    // Keeps the head as it is until the end of the transaction.
    private async Task Hold(string how, CancellationToken cancellation)
    {
        if (await session.Value<long>($"select epoch from untag_head {how}", cancellation) != epoch)
            throw Over();
    }

    // For those who follow.
    private async Task<bool> Note(SignedNote note, CancellationToken cancellation)
    {
        const string record = "update untag_head set signed_note = $1 where epoch = $2";
        return await session.Run(record, cancellation, note.ToString(), epoch) == 1 ? isNoted = true : throw Over();
    }

    private static IOException Over() => new("the term is over: another program is the sequencer");
}
