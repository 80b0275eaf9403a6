using System.Globalization;
using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;

namespace Untag.Server.Cluster;

/// <summary>Compares a database with what a folder knows of the log: before anything is told to be durable in it, it must hold the past
/// that this machine has seen. Two short questions, however long the log is; whoever sequences or follows compares the roots as well.</summary>
internal static class KnownPast
{
    /// <summary>Compares them. A folder without a checkpoint knows nothing.</summary>
    /// <exception cref="LogDamageException">The database was set back, or what lies in the folder is not of this log.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static async Task Compare(NpgsqlConnection session, string folder, VerifierKey key, CancellationToken cancellation)
    {
        // The folder first: what is signed is recorded before, so that the database never knows less than a checkpoint read earlier.
        if (PublishedLog.NewestOf(folder, key) is not { Checkpoint: { Size: > 0 } shown } log)
            return;
        var head = await SequencedEntries.Head(session, cancellation);
        SequencedEntries.ThrowIfLess(head, shown.Size);
        if (shown.Size == (ulong)head.SignedSize)
            SequencedEntries.ThrowIfOther(head, shown.Root);
        await CompareLast(session, log, cancellation);
    }

    // A database that was set back and then went on has as many entries again, and others: a run of a guard has a name of its own.
    private static async Task CompareLast(NpgsqlConnection session, TiledLog log, CancellationToken cancellation)
    {
        var last = log.Checkpoint.Size - 1;
        await using var command = session.Command("select index, entry from untag_entries where index >= $1 order by index limit 1", (long)last);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation) || row.GetInt64(0) != (long)last)
            return; // it was archived
        var known = log.Folder.Entries(log.Checkpoint.Size, last / TilePath.FullWidth)[^1];
        if (!known.Span.SequenceEqual(row.GetFieldValue<byte[]>(1)))
        {
            throw new LogDamageException(string.Create(
                CultureInfo.InvariantCulture, $"entry {last} of the database is another than in the folder: it was set back, and went on"));
        }
    }
}
