using System.Text;

namespace Untag.TransparencyLog.Tiles;

/// <summary>Copies what anybody may read of a log into a folder: byte for byte, the checkpoint last. A copy that was interrupted, or of
/// when the log was smaller, is gone on with.</summary>
public static class LogExport
{
    private const int Together = 64; // files that share the waits for their folders

    /// <summary>Why a folder cannot take the copy; null when it can.</summary>
    /// <param name="log">The log.</param>
    /// <param name="target">The folder.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? Obstacle(TiledLog log, string target)
    {
        if (!Directory.Exists(target))
            return null;
        var names = Directory.EnumerateFileSystemEntries(target).Select(path => Path.GetFileName(path)!).ToList();
        if (names.FirstOrDefault(name => name is not ("tile" or TileFolder.CheckpointName or (TileFolder.CheckpointName + DurableFile.Unfinished))) is { } other)
            return $"it holds `{other}`, which is no part of a log";
        if (!names.Contains(TileFolder.CheckpointName))
            return null;
        try
        {
            var copied = TiledLog.Open(target).Checkpoint;
            if (copied.Origin != log.Checkpoint.Origin)
                return $"it holds the log {copied.Origin}";
            if (copied.Size > log.Checkpoint.Size)
                return "it holds more of the log than there is to copy: the log was rolled back";
            return log.GrewFrom(copied) ? null : "the log did not grow out of what it holds: the log was forked";
        }
        catch (LogDamageException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Copies a log that was verified.</summary>
    /// <param name="log">The log.</param>
    /// <param name="target">A folder without an <see cref="Obstacle"/>.</param>
    /// <param name="progress">Told the number of entries that were copied; null for nobody.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="LogDamageException">A file of the log is missing.</exception>
    /// <exception cref="IOException">A file cannot be written, or the folder holds another one in its place.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static void Copy(TiledLog log, string target, IProgress<ulong>? progress, CancellationToken cancellation)
    {
        var size = log.Checkpoint.Size;
        DurableFile.CreateFolder(target);
        var copied = 0UL;
        foreach (var group in Files(log).Chunk(Together))
        {
            cancellation.ThrowIfCancellationRequested();
            var files = group.Select(file => (file.Path, Bytes: file.Bytes())).Where(file => IsMissing(target, file.Path, file.Bytes));
            DurableFile.Write([.. files.Select(file => (Path.Join(target, file.Path), file.Bytes))]);
            copied += (ulong)group.Sum(file => file.Entries);
            progress?.Report(Math.Min(copied, size));
        }

        DurableFile.Write(Path.Join(target, TileFolder.CheckpointName), Encoding.UTF8.GetBytes(log.Note.ToString()));
    }

    private static IEnumerable<(string Path, Func<byte[]> Bytes, int Entries)> Files(TiledLog log)
    {
        var size = log.Checkpoint.Size;
        for (ulong index = 0; index < TilePath.Tiles(0, size); index++)
        {
            var bundle = index;
            var width = TilePath.Width(0, index, size);
            yield return (TilePath.OfEntries(index, width), () => log.Folder.BundleBytes(size, bundle), width);
        }

        for (var level = 0; level < TilePath.Levels; level++)
        {
            for (ulong index = 0; index < TilePath.Tiles(level, size); index++)
            {
                var (at, tile) = (level, index);
                yield return (TilePath.OfHashes(level, index, TilePath.Width(level, index, size)), () => log.Folder.TileBytes(size, at, tile), 0);
            }
        }

        foreach (var path in EarlierTiles.Of(log))
            yield return (path, () => File.ReadAllBytes(Path.Join(log.Location, path)), 0);
    }

    private static bool IsMissing(string target, string path, byte[] bytes)
    {
        var file = Path.Join(target, path);
        if (!File.Exists(file))
            return true;
        return File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes)
            ? false
            : throw new IOException($"`{path}` is there and is another");
    }
}
