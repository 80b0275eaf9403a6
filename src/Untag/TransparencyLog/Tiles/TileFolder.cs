using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Tiles;

/// <summary>The files of a log, in the layout that any client of C2SP tlog-tiles reads.</summary>
/// <param name="read">The bytes of a file by its path below the folder of the log; null when it is not there.</param>
public sealed class TileFolder(Func<string, byte[]?> read)
{
    /// <summary>Name of the file with the newest checkpoint.</summary>
    public const string CheckpointName = "checkpoint";

    private const int CachedTiles = 64;

    private readonly Dictionary<(int Level, ulong Index), TreeHash[]> cache = [];

    /// <summary>The files in a folder on disk.</summary>
    public static TileFolder At(string root) =>
        new(path => File.Exists(Path.Join(root, path)) ? File.ReadAllBytes(Path.Join(root, path)) : null);

    /// <summary>The hash of a subtree that is whole, from the tiles of a tree.</summary>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="height">Height of the subtree, 0 for a leaf.</param>
    /// <param name="index">Index of the subtree among those of its height.</param>
    /// <exception cref="LogDamageException">The tile is missing or has another length.</exception>
    public TreeHash Hash(ulong size, int height, ulong index)
    {
        var (level, above) = Math.DivRem(height, TilePath.Height);
        var first = index << above;
        var tile = Tile(size, level, first / TilePath.FullWidth);
        var within = (int)(first % TilePath.FullWidth);
        return MerkleTree.Root(tile.AsSpan(within, 1 << above));
    }

    /// <summary>A prover over the tiles of a tree.</summary>
    /// <param name="size">Leaves of the tree.</param>
    public MerkleProver Prover(ulong size) => new(size, (height, index) => Hash(size, height, index));

    /// <summary>The entries of a bundle.</summary>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="index">Index of the bundle.</param>
    /// <exception cref="LogDamageException">The bundle is missing or holds something else.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Entries(ulong size, ulong index)
    {
        var width = Width(size, 0, index);
        if (read(TilePath.OfEntries(index, width)) is { } exact)
            return EntryBundle.Read(exact, width);
        // A log may drop a bundle that grew full since.
        var full = read(TilePath.OfEntries(index, TilePath.FullWidth))
            ?? throw new LogDamageException($"`{TilePath.OfEntries(index, width)}` is missing");
        return [.. EntryBundle.Read(full, TilePath.FullWidth).Take(width)];
    }

    /// <summary>The hashes of a tile.</summary>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="level">Level of the tile.</param>
    /// <param name="index">Index within the level.</param>
    /// <exception cref="LogDamageException">The tile is missing or has another length.</exception>
    public TreeHash[] Tile(ulong size, int level, ulong index)
    {
        if (cache.TryGetValue((level, index), out var known))
            return known;
        var width = Width(size, level, index);
        var bytes = read(TilePath.OfHashes(level, index, width))
            ?? read(TilePath.OfHashes(level, index, TilePath.FullWidth))?[..(width * TreeHash.Length)]
            ?? throw new LogDamageException($"`{TilePath.OfHashes(level, index, width)}` is missing");
        if (bytes.Length != width * TreeHash.Length)
            throw new LogDamageException($"`{TilePath.OfHashes(level, index, width)}` has {bytes.Length} bytes instead of {width * TreeHash.Length}");
        var tile = new TreeHash[width];
        for (var i = 0; i < width; i++)
            tile[i] = TreeHash.Read(bytes.AsSpan(i * TreeHash.Length, TreeHash.Length));
        if (width < TilePath.FullWidth)
            return tile; // it may have grown when it is asked for again
        if (cache.Count == CachedTiles)
            cache.Clear();
        cache.Add((level, index), tile);
        return tile;
    }

    private static int Width(ulong size, int level, ulong index)
    {
        var full = TilePath.FullTiles(level, size);
        var width = index < full ? TilePath.FullWidth : index == full ? TilePath.PartialWidth(level, size) : 0;
        return width > 0
            ? width
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"a tree of {size} leaves has no such tile at level {level}");
    }
}
