using System.Globalization;

namespace Untag.TransparencyLog.Tiles;

/// <summary>Tiles that were shown before they were full. A log may drop them; while they are there, readers with an earlier checkpoint
/// read them, and they must be the beginnings of what they grew to.</summary>
internal static class EarlierTiles
{
    private const string Folder = "tile";
    private const string Ending = ".p";

    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Their paths below the folder of a log, up to its checkpoint, in order.</summary>
    public static IEnumerable<string> Of(TiledLog log) => Found(log).Select(tile => tile.Path);

    /// <summary>Compares each with what it grew to.</summary>
    /// <exception cref="LogDamageException">One is something else.</exception>
    public static void Verify(TiledLog log)
    {
        foreach (var tile in Found(log))
        {
            var bytes = File.ReadAllBytes(Path.Join(log.Location, tile.Path));
            var grown = tile.Level is { } level
                ? log.Folder.TileBytes(log.Checkpoint.Size, level, tile.Index)
                : log.Folder.BundleBytes(log.Checkpoint.Size, tile.Index);
            var length = tile.Level is null ? LengthOf(grown, tile.Width) : tile.Width * Trees.TreeHash.Length;
            if (!bytes.AsSpan().SequenceEqual(grown.AsSpan(0, length)))
                throw new LogDamageException($"`{tile.Path}` is not the beginning of what it grew to");
        }
    }

    private static int LengthOf(byte[] bundle, int entries)
    {
        var at = 0;
        for (var i = 0; i < entries; i++)
            at += sizeof(ushort) + (bundle[at] << 8) + bundle[at + 1];
        return at;
    }

    private static List<EarlierTile> Found(TiledLog log)
    {
        var root = Path.Join(log.Location, Folder);
        if (!Directory.Exists(root))
            return [];
        return [.. Directory.EnumerateDirectories(root, "*" + Ending, Deep).SelectMany(folder => Directory.EnumerateFiles(folder))
            .Select(file => Read(Path.GetRelativePath(log.Location, file).Replace('\\', '/')))
            .OfType<EarlierTile>()
            .Where(tile => tile.IsBefore(log.Checkpoint.Size))
            .OrderBy(tile => tile.Path, StringComparer.Ordinal)];
    }

    // tile/LEVEL/x001/234.p/12; null for a file that no client asks for.
    private static EarlierTile? Read(string path)
    {
        var segments = path.Split('/');
        var level = segments[1] == "entries" ? (int?)null : Number(segments[1]) is { } number and < TilePath.Levels ? (int)number : -1;
        if (level < 0 || Number(segments[^1]) is not (> 0 and < TilePath.FullWidth and var width))
            return null;
        var index = 0UL;
        foreach (var segment in segments[2..^1])
        {
            if (Number(segment.Replace("x", "", StringComparison.Ordinal).Replace(Ending, "", StringComparison.Ordinal)) is not { } part
                || index > ulong.MaxValue / 1000 - 1)
                return null;
            index = index * 1000 + part;
        }

        var tile = new EarlierTile(path, level, index, (int)width);
        return path == (level is { } of ? TilePath.OfHashes(of, index, tile.Width) : TilePath.OfEntries(index, tile.Width)) ? tile : null;
    }

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1000 ? number : null;

    // Level: null for a bundle of entries.
    private sealed record EarlierTile(string Path, int? Level, ulong Index, int Width)
    {
        // Tiles of a tree that no checkpoint speaks of yet are nobody's.
        public bool IsBefore(ulong size)
        {
            var level = Level ?? 0;
            return Index < TilePath.FullTiles(level, size)
                || (Index == TilePath.FullTiles(level, size) && Width < TilePath.PartialWidth(level, size));
        }
    }
}
