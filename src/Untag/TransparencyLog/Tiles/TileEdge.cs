using System.Runtime.InteropServices;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Tiles;

/// <summary>The tiles at the right edge of a tree that grows: on each level the one that is not full yet.</summary>
/// <param name="full">Told each tile that becomes full: its level, its index and its hashes.</param>
internal sealed class TileEdge(Action<int, ulong, List<TreeHash>> full)
{
    private readonly List<TreeHash>[] levels = [.. Enumerable.Range(0, TilePath.Levels).Select(_ => new List<TreeHash>())];
    private readonly ulong[] fullTiles = new ulong[TilePath.Levels];

    /// <summary>The hashes of the tile of a level that is not full.</summary>
    public List<TreeHash> this[int level] => levels[level];

    /// <summary>Goes on from a tree that is there.</summary>
    /// <param name="size">Its leaves.</param>
    /// <param name="tile">Its tile of a level and an index.</param>
    public void Continue(ulong size, Func<int, ulong, TreeHash[]> tile)
    {
        for (var level = 0; level < TilePath.Levels; level++)
        {
            fullTiles[level] = TilePath.FullTiles(level, size);
            if (TilePath.PartialWidth(level, size) > 0)
                levels[level].AddRange(tile(level, fullTiles[level]));
        }
    }

    /// <summary>Adds a hash on a level: that of a leaf on level 0, above it the root of a tile that is full.</summary>
    public void Add(int level, TreeHash hash)
    {
        for (; ; level++)
        {
            var tile = levels[level];
            tile.Add(hash);
            if (tile.Count < TilePath.FullWidth)
                return;
            full(level, fullTiles[level]++, tile);
            hash = MerkleTree.Root(CollectionsMarshal.AsSpan(tile));
            tile.Clear();
        }
    }

    /// <summary>Adds the root of a tile of leaves that is full and was looked at elsewhere.</summary>
    public void AddTile(TreeHash root)
    {
        fullTiles[0]++;
        Add(1, root);
    }

    /// <summary>The root of the tree.</summary>
    public TreeHash Root()
    {
        // The tiles together are the right edge of the tree: what is left at the lower levels hangs to the right.
        TreeHash? right = null;
        foreach (var level in levels)
        {
            for (var end = level.Count; end > 0;)
            {
                var length = end & -end; // the last subtree that is whole
                var hash = MerkleTree.Root(CollectionsMarshal.AsSpan(level).Slice(end - length, length));
                right = right is { } lower ? MerkleTree.Node(hash, lower) : hash;
                end -= length;
            }
        }

        return right ?? MerkleTree.Empty;
    }
}
