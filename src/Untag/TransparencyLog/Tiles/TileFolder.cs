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
    public IReadOnlyList<ReadOnlyMemory<byte>> Entries(ulong size, ulong index) =>
        EntryBundle.Read(BundleBytes(size, index), TilePath.Width(0, index, size));

    /// <summary>The hashes of a tile.</summary>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="level">Level of the tile.</param>
    /// <param name="index">Index within the level.</param>
    /// <exception cref="LogDamageException">The tile is missing or has another length.</exception>
    public TreeHash[] Tile(ulong size, int level, ulong index)
    {
        if (cache.TryGetValue((level, index), out var known))
            return known;
        var tile = ReadTile(size, level, index);
        if (tile.Length < TilePath.FullWidth)
            return tile; // it may have grown when it is asked for again
        if (cache.Count == CachedTiles)
            cache.Clear();
        cache.Add((level, index), tile);
        return tile;
    }

    /// <summary>The hashes of a tile, which are not remembered: several threads may ask.</summary>
    internal TreeHash[] ReadTile(ulong size, int level, ulong index)
    {
        var bytes = TileBytes(size, level, index);
        var tile = new TreeHash[bytes.Length / TreeHash.Length];
        for (var i = 0; i < tile.Length; i++)
            tile[i] = TreeHash.Read(bytes.AsSpan(i * TreeHash.Length, TreeHash.Length));
        return tile;
    }

    /// <summary>The bytes of a tile.</summary>
    internal byte[] TileBytes(ulong size, int level, ulong index)
    {
        var width = TilePath.Width(level, index, size);
        var path = TilePath.OfHashes(level, index, width);
        if (read(path) is { } exact)
        {
            return exact.Length == width * TreeHash.Length
                ? exact
                : throw new LogDamageException($"`{path}` has {exact.Length} bytes instead of {width * TreeHash.Length}");
        }

        // A log may drop a tile that grew full since.
        return read(TilePath.OfHashes(level, index, TilePath.FullWidth)) is { Length: TilePath.FullWidth * TreeHash.Length } full
            ? full[..(width * TreeHash.Length)]
            : throw new LogDamageException($"`{path}` is missing");
    }

    /// <summary>The bytes of a bundle of entries.</summary>
    internal byte[] BundleBytes(ulong size, ulong index)
    {
        var width = TilePath.Width(0, index, size);
        var path = TilePath.OfEntries(index, width);
        return read(path)
            ?? (read(TilePath.OfEntries(index, TilePath.FullWidth)) is { } full
                ? EntryBundle.Cut(full, width)
                : throw new LogDamageException($"`{path}` is missing"));
    }
}
