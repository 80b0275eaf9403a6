using System.Globalization;
using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Trees;

namespace Untag.Server.Cluster;

/// <summary>The entries of the database that have an index, as whoever makes tiles of them reads them.</summary>
internal static class SequencedEntries
{
    private const int PageMax = 10_000; // entries that are read at once

    /// <summary>What the database knows of the log.</summary>
    public static async Task<ClusterHead> Head(NpgsqlConnection session, CancellationToken cancellation)
    {
        await using var command = session.Command("select size, signed_size, signed_root, signed_note from untag_head");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new ClusterHead(
            row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? null : row.GetString(3));
    }

    /// <summary>Adds the entries that a folder has not got yet.</summary>
    /// <param name="session">The database.</param>
    /// <param name="published">The folder.</param>
    /// <param name="head">What the database knows.</param>
    /// <param name="size">How many entries the folder is to have.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LogDamageException">The database was set back, or does not hold what was signed.</exception>
    public static async Task<bool> CatchUp(
        NpgsqlConnection session, PublishedLog published, ClusterHead head, long size, CancellationToken cancellation)
    {
        ThrowIfLess(head, published.Size);
        Compare();
        while ((long)published.Size < size)
        {
            var before = published.Size;
            await using var command = session.Command(
                "select index, entry from untag_entries where index >= $1 and index < $2 order by index limit $3", (long)before, size, PageMax);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation) && rows.GetInt64(0) == (long)published.Size)
            {
                published.Add(rows.GetFieldValue<byte[]>(1));
                Compare();
            }

            if (published.Size == before)
                throw Missing(before);
        }

        return true;

        void Compare()
        {
            if ((long)published.Size == head.SignedSize)
                ThrowIfOther(head, published.Root);
        }
    }

    /// <summary>Throws when the database knows of fewer entries than a checkpoint that was signed.</summary>
    public static void ThrowIfLess(ClusterHead head, ulong size)
    {
        if (size > (ulong)head.SignedSize)
        {
            throw new LogDamageException(string.Create(
                CultureInfo.InvariantCulture, $"the checkpoint in the folder has {size} entries, and the database knows of {head.SignedSize}: it was set back"));
        }
    }

    /// <summary>Throws when the newest checkpoint of the database is over other entries.</summary>
    /// <param name="head">What the database knows.</param>
    /// <param name="root">The root over as many entries.</param>
    public static void ThrowIfOther(ClusterHead head, TreeHash root)
    {
        if (head.SignedRoot is not null && !Bytes(root).AsSpan().SequenceEqual(head.SignedRoot))
            throw new LogDamageException($"the first {head.SignedSize} entries of the database are not those over which a checkpoint was signed");
    }

    /// <summary>Says that the database lacks an entry that a folder needs next.</summary>
    public static LogDamageException Missing(ulong index) => new(string.Create(
        CultureInfo.InvariantCulture, $"entry {index} is neither in the folder nor in the database any more: copy the folder of a guard that has it"));

    /// <summary>A hash as the database keeps it.</summary>
    public static byte[] Bytes(TreeHash hash)
    {
        var bytes = new byte[TreeHash.Length];
        hash.Write(bytes);
        return bytes;
    }
}

/// <summary>What the database knows of a log.</summary>
/// <param name="Size">Entries that have an index.</param>
/// <param name="SignedSize">Entries of the newest checkpoint that was signed, or is about to be.</param>
/// <param name="SignedRoot">And its root; null before the first.</param>
/// <param name="SignedNote">The newest checkpoint that was signed; null before the first.</param>
internal sealed record ClusterHead(long Size, long SignedSize, byte[]? SignedRoot, string? SignedNote);
