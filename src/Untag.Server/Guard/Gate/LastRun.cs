using Untag.Guard;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Tiles;

namespace Untag.Server.Guard.Gate;

/// <summary>What the end of a log tells.</summary>
internal static class LastRun
{
    /// <summary>The newest entries of a log, up to those of a bundle.</summary>
    /// <exception cref="LogDamageException">It cannot be read.</exception>
    public static IEnumerable<byte[]> Newest(string folder)
    {
        var size = TiledLog.Open(folder).Checkpoint.Size;
        return size == 0 ? [] : TileFolder.At(folder).Entries(size, (size - 1) / TilePath.FullWidth).Select(entry => entry.ToArray());
    }

    /// <summary>What is not known of the last run; null when it ended in order, or there was none.</summary>
    /// <param name="folder">The folder of the log, whose entries are all published.</param>
    /// <exception cref="LogDamageException">It cannot be read.</exception>
    public static UncountedRun? Uncounted(string folder)
    {
        var log = TileFolder.At(folder);
        var size = TiledLog.Open(folder).Checkpoint.Size;
        // Backwards: what was counted last stands near the end, however long the log is.
        for (var bundle = (long)((size + TilePath.FullWidth - 1) / TilePath.FullWidth) - 1; bundle >= 0; bundle--)
        {
            var entries = log.Entries(size, (ulong)bundle);
            for (var i = entries.Count - 1; i >= 0; i--)
            {
                switch (LogEntry.Parse(entries[i]) is { } entry ? GuardEntries.Read(entry) : null)
                {
                    case GuardRecord.Stopped:
                        return null;
                    case GuardRecord.Totals totals:
                        return new UncountedRun(totals.Run, totals.Last, totals.Open);
                    case GuardRecord.Started:
                        return new UncountedRun((ulong)bundle * TilePath.FullWidth + (ulong)i, 0, 0);
                }
            }
        }

        return null;
    }
}
