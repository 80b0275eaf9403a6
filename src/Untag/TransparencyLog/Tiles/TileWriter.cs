using System.Buffers;
using System.Runtime.InteropServices;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Tiles;

/// <summary>Writes a log as files, entry by entry. A
/// tile that a checkpoint covers is never changed: one that grows gets another name.</summary>
public sealed class TileWriter
{
    private const int FullMax = 512; // some 20 MB of entries

    private readonly string root;
    private readonly List<TreeHash>[] partial = new List<TreeHash>[TilePath.Levels];
    private readonly ArrayBufferWriter<byte> bundle = new();
    private readonly List<(string Path, byte[] Bytes)> full = []; // tiles that wait for the disk

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

    /// <summary>Adds an entry. Files appear by <see cref="Flush"/>, or when many wait: whoever adds does not wait for each.</summary>
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
            {
                full.Add((TilePath.OfEntries(index, TilePath.FullWidth), bundle.WrittenSpan.ToArray()));
                bundle.Clear();
            }

            full.Add((TilePath.OfHashes(level, index, TilePath.FullWidth), BytesOf(partial[level])));
            hash = MerkleTree.Root(CollectionsMarshal.AsSpan(partial[level]));
            partial[level].Clear();
            if (full.Count >= FullMax)
                WriteFull();
        }
    }

    /// <summary>Writes the tiles that are not full, so that the tree of the present size can be read.</summary>
    /// <exception cref="IOException">A tile cannot be written.</exception>
    public void Flush()
    {
        WriteFull();
        if (partial[0].Count > 0)
            Write(TilePath.OfEntries(TilePath.FullTiles(0, Size), partial[0].Count), bundle.WrittenSpan);
        for (var level = 0; level < TilePath.Levels; level++)
        {
            if (partial[level].Count > 0)
                Write(TilePath.OfHashes(level, TilePath.FullTiles(level, Size), partial[level].Count), BytesOf(partial[level]));
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

    private static byte[] BytesOf(List<TreeHash> hashes)
    {
        var bytes = new byte[hashes.Count * TreeHash.Length];
        for (var i = 0; i < hashes.Count; i++)
            hashes[i].Write(bytes.AsSpan(i * TreeHash.Length));
        return bytes;
    }

    private void WriteFull()
    {
        foreach (var (path, bytes) in full)
            Write(path, bytes);
        full.Clear();
    }

    private void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var file = Path.Join(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        DurableFile.Write(file, bytes);
    }
}
