using System.Runtime.ExceptionServices;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Tiles;

/// <summary>Makes the tree of a log from its entries anew, and compares every tile of it.</summary>
/// <param name="folder">The tiles.</param>
/// <param name="size">Leaves of the tree.</param>
internal sealed class LogRecount(TileFolder folder, ulong size)
{
    private const int Together = 64; // bundles that the processors share, some 5 MB of entries

    /// <summary>The root over the entries.</summary>
    /// <exception cref="LogDamageException">A tile or a bundle is missing, or does not hold what it should.</exception>
    public TreeHash Root(IProgress<ulong>? progress, CancellationToken cancellation)
    {
        var edge = new TileEdge((level, index, hashes) => Compare(level, index, hashes));
        var full = TilePath.FullTiles(0, size);
        for (ulong bundle = 0; bundle < full; bundle += Together)
        {
            foreach (var root in Roots(bundle, (int)Math.Min(Together, full - bundle), cancellation))
                edge.AddTile(root);
            progress?.Report(Math.Min(size, (bundle + Together) * TilePath.FullWidth));
        }

        if (TilePath.PartialWidth(0, size) > 0)
        {
            foreach (var leaf in Leaves(full))
                edge.Add(0, leaf);
        }

        for (var level = 1; level < TilePath.Levels; level++)
        {
            if (edge[level].Count > 0)
                Compare(level, TilePath.FullTiles(level, size), edge[level]);
        }

        return edge.Root();
    }

    // The first that is damaged is the one to tell of, whichever is found first.
    private TreeHash[] Roots(ulong bundle, int count, CancellationToken cancellation)
    {
        var roots = new TreeHash[count];
        var problems = new Exception?[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                roots[i] = MerkleTree.Root(Leaves(bundle + (ulong)i));
            }
            catch (Exception problem) when (problem is LogDamageException or IOException or UnauthorizedAccessException)
            {
                problems[i] = problem;
            }
        });
        if (problems.FirstOrDefault(problem => problem is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
        return roots;
    }

    // The hashes of the entries of a bundle, which are those of the tile beside it.
    private TreeHash[] Leaves(ulong bundle)
    {
        var tile = folder.ReadTile(size, 0, bundle);
        var entries = folder.Entries(size, bundle);
        for (var i = 0; i < tile.Length; i++)
        {
            var hash = MerkleTree.Leaf(entries[i].Span);
            if (hash != tile[i])
                throw Damage(bundle * TilePath.FullWidth, i, Array.IndexOf(tile, hash));
        }

        return tile;
    }

    private void Compare(int level, ulong index, List<TreeHash> hashes)
    {
        if (level > 0 && !hashes.SequenceEqual(folder.ReadTile(size, level, index)))
            throw new LogDamageException($"`{TilePath.OfHashes(level, index, hashes.Count)}` does not hold the hashes of the tiles below it");
    }

    private static LogDamageException Damage(ulong first, int place, int other) => new(other < 0
        ? $"entry {first + (ulong)place} is not the one that the tile beside it holds the hash of"
        : $"in the place of entry {first + (ulong)place} stands entry {first + (ulong)other}: entries were swapped or moved");
}
