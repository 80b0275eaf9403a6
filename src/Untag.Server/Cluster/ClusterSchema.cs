using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;

namespace Untag.Server.Cluster;

/// <summary>The tables of a log that many write to. One schema of the database holds one log.</summary>
internal static class ClusterSchema
{
    // Two programs that start at the same time would both create them. The number of the lock is "untg" in ASCII.
    private const string Create = """
        select pg_advisory_xact_lock(1970173031);
        create table if not exists untag_head (
            one boolean primary key default true check (one),
            verifier text not null,                 -- the key that signs the log
            epoch bigint not null default 0,        -- of the sequencer that may change anything below
            size bigint not null default 0,         -- entries that have an index
            signed_size bigint not null default 0,  -- entries of the newest checkpoint that was signed, or is about to be
            signed_root bytea,                      -- and its root; null before the first
            signed_note text                        -- the newest checkpoint that was signed, with its signature
        );
        create table if not exists untag_pending (id bigint generated always as identity primary key, entry bytea not null);
        create table if not exists untag_writers (name text primary key, bookmark bytea not null);
        create table if not exists untag_entries (index bigint primary key, entry bytea not null);
        """;

    /// <summary>Connects to a database, and creates the tables of a log that has none yet.</summary>
    /// <param name="connection">How to connect, in the words of Npgsql.</param>
    /// <param name="key">Which log it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LogDamageException">The tables are of another log, or the database does not wait for its disk.</exception>
    /// <exception cref="IOException">The database cannot be reached.</exception>
    public static async Task<NpgsqlDataSource> Open(string connection, VerifierKey key, CancellationToken cancellation)
    {
        var words = new NpgsqlConnectionStringBuilder(connection);
        // A commit waits for the disk, whatever the server was set to; a sequencer that hangs in a transaction is ended. A program whose
        // machine is gone loses its locks after half a minute: without a word about it the server would keep them for hours.
        words.Options += " -c synchronous_commit=on -c idle_in_transaction_session_timeout=10s"
            + " -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";
        var source = NpgsqlDataSource.Create(words);
        try
        {
            await Database.Try(() => Prepare(source, key, cancellation));
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> Prepare(NpgsqlDataSource source, VerifierKey key, CancellationToken cancellation)
    {
        await using var session = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await session.BeginTransactionAsync(cancellation);
        await session.Run(Create, cancellation);
        if (await session.Value<string>("show fsync", cancellation) != "on")
            throw new LogDamageException("the database does not wait for its disk: fsync is off");
        await session.Run("insert into untag_head (verifier) values ($1) on conflict do nothing", cancellation, key.ToString());
        var held = await session.Value<string>("select verifier from untag_head", cancellation);
        if (held != key.ToString())
            throw new LogDamageException($"the database holds the log {held}");
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
