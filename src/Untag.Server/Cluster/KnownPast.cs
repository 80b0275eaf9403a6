using System.Globalization;
using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;

namespace Untag.Server.Cluster;

/// <summary>Compares a database with what a folder knows of the log: before anything is told to be durable in it, it must hold the past
/// that this machine has seen, and whatever the folder lacks. Two short questions, however long the log is; whoever sequences or follows
/// compares the roots as well.</summary>
internal static class KnownPast
{
    /// <summary>Compares them. A folder without a checkpoint knows nothing.</summary>
    /// <exception cref="LogDamageException">The database was set back, or entries that the folder lacks were archived; or what lies in the
    /// folder is not of this log.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static async Task Compare(NpgsqlConnection session, string folder, VerifierKey key, CancellationToken cancellation)
    {
        // The folder first: what is signed is recorded before, so that the database never knows less than a checkpoint read earlier.
        var log = PublishedLog.NewestOf(folder, key);
        var head = await SequencedEntries.Head(session, cancellation);
        var size = log?.Checkpoint.Size ?? 0;
        if (log is not null)
        {
            SequencedEntries.ThrowIfLess(head, size);
            if (size == (ulong)head.SignedSize)
                SequencedEntries.ThrowIfOther(head, log.Checkpoint.Root);
        }

        var (last, hasNext) = await ReadAround(session, (long)size, cancellation);
        if (size > 0 && last is not null) // it may have been archived
            CompareLast(log!, last);
        if (head.Size > (long)size && !hasNext)
            throw SequencedEntries.Missing(size);
    }

    // A database that was set back and then went on has as many entries again, and others: a run of a guard has a name of its own.
    private static void CompareLast(TiledLog log, byte[] entry)
    {
        var last = log.Checkpoint.Size - 1;
        if (!log.Folder.Entries(log.Checkpoint.Size, last / TilePath.FullWidth)[^1].Span.SequenceEqual(entry))
        {
            throw new LogDamageException(string.Create(
                CultureInfo.InvariantCulture, $"entry {last} of the database is another than in the folder: it was set back, and went on"));
        }
    }

    private static async Task<(byte[]? Last, bool HasNext)> ReadAround(NpgsqlConnection session, long size, CancellationToken cancellation)
    {
        var (last, hasNext) = ((byte[]?)null, false);
        await using var command = session.Command("select index, entry from untag_entries where index between $1 - 1 and $1", size);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            if (rows.GetInt64(0) == size)
                hasNext = true;
            else
                last = rows.GetFieldValue<byte[]>(1);
        }

        return (last, hasNext);
    }
}
