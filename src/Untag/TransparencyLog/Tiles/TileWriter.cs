using System.Buffers;
using System.Runtime.InteropServices;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Tiles;

/// <summary>Writes a log as files, entry by entry. A
/// tile that a checkpoint covers is never changed: one that grows gets another name.</summary>
public sealed class TileWriter
{
    private readonly string root;
    private readonly List<TreeHash>[] partial = new List<TreeHash>[TilePath.Levels];
    private readonly ArrayBufferWriter<byte> bundle = new();

    /// <summary>Starts a log, or goes on with one.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="size">Entries that it already holds.</param>
    /// <exception cref="LogDamageException">What it should hold is missing.</exception>
    public TileWriter(string root, ulong size)
    {
        this.root = root;
        Size = size;
        var held = TileFolder.At(root);
        for (var level = 0; level < TilePath.Levels; level++)
        {
            partial[level] = TilePath.PartialWidth(level, size) == 0
                ? []
                : [.. held.Tile(size, level, TilePath.FullTiles(level, size))];
        }

        if (partial[0].Count == 0)
            return;
        foreach (var entry in held.Entries(size, TilePath.FullTiles(0, size)))
            EntryBundle.Write(entry.Span, bundle);
    }

    /// <summary>Entries so far.</summary>
    public ulong Size { get; private set; }

    /// <summary>Adds an entry. Files appear when a tile is full, and by <see cref="Flush"/>.</summary>
    /// <exception cref="IOException">A tile cannot be written.</exception>
    public void Add(ReadOnlySpan<byte> entry)
    {
        EntryBundle.Write(entry, bundle);
        var hash = MerkleTree.Leaf(entry);
        var index = Size++;
        for (var level = 0; ; level++)
        {
            partial[level].Add(hash);
            index /= TilePath.FullWidth; // of the tile that the hash lies in
            if (partial[level].Count < TilePath.FullWidth)
                return;
            if (level == 0)
                WriteBundle(index, TilePath.FullWidth);
            WriteTile(level, index);
            hash = MerkleTree.Root(CollectionsMarshal.AsSpan(partial[level]));
            partial[level].Clear();
        }
    }

    /// <summary>Writes the tiles that are not full, so that the tree of the present size can be read.</summary>
    /// <exception cref="IOException">A tile cannot be written.</exception>
    public void Flush()
    {
        if (partial[0].Count > 0)
            WriteBundle(TilePath.FullTiles(0, Size), partial[0].Count);
        for (var level = 0; level < TilePath.Levels; level++)
        {
            if (partial[level].Count > 0)
                WriteTile(level, TilePath.FullTiles(level, Size));
        }
    }

    /// <summary>The root over the entries so far.</summary>
    public TreeHash Root()
    {
        // The partial tiles together are the right edge of the tree: what is left at the lower levels hangs to the right.
        TreeHash? right = null;
        foreach (var level in partial)
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

    private void WriteBundle(ulong index, int width)
    {
        Write(TilePath.OfEntries(index, width), bundle.WrittenSpan);
        if (width == TilePath.FullWidth)
            bundle.Clear();
    }

    private void WriteTile(int level, ulong index)
    {
        var hashes = partial[level];
        var bytes = new byte[hashes.Count * TreeHash.Length];
        for (var i = 0; i < hashes.Count; i++)
            hashes[i].Write(bytes.AsSpan(i * TreeHash.Length));
        Write(TilePath.OfHashes(level, index, hashes.Count), bytes);
    }

    private void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var file = Path.Join(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        DurableFile.Write(file, bytes);
    }
}
