using Untag.Guard;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Tiles;

namespace Untag.Server.Guard.Gate;

/// <summary>What the entries of the run before tell the next one.</summary>
internal static class LastRun
{
    /// <summary>True for records that tell how far their run is counted.</summary>
    public static bool Tells(GuardRecord record) => record is GuardRecord.Started or GuardRecord.Totals or GuardRecord.Stopped;

    /// <summary>What is not known of the last run; null when it ended in order, or there was none.</summary>
    /// <param name="newest">The newest record of it that tells how far it is counted.</param>
    public static UncountedRun? Uncounted(GuardRecord? newest) => newest switch
    {
        GuardRecord.Totals totals => new UncountedRun(totals.Run, totals.Last, totals.Open),
        GuardRecord.Started started => new UncountedRun(started.Run, 0, 0),
        _ => null,
    };

    /// <summary>The newest record of a log that tells how far a run is counted; null when there is none.</summary>
    /// <param name="folder">The folder of the log, whose entries are all published.</param>
    /// <exception cref="LogDamageException">It cannot be read.</exception>
    public static GuardRecord? Find(string folder)
    {
        var log = TileFolder.At(folder);
        var size = TiledLog.Open(folder).Checkpoint.Size;
        // Backwards: what was counted last stands near the end, however long the log is.
        for (var bundle = (long)((size + TilePath.FullWidth - 1) / TilePath.FullWidth) - 1; bundle >= 0; bundle--)
        {
            var entries = log.Entries(size, (ulong)bundle);
            for (var i = entries.Count - 1; i >= 0; i--)
            {
                if (LogEntry.Parse(entries[i]) is { } entry && GuardEntries.Read(entry) is { } record && Tells(record))
                    return record;
            }
        }

        return null;
    }
}
