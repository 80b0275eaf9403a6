using System.Buffers;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Tiles;

/// <summary>Writes a log as files, entry by entry. A tile that a checkpoint covers is never changed: one that grows gets another
/// name.</summary>
public sealed class TileWriter
{
    private const int WaitingMax = 512;
    private const long WaitingBytesMax = 32 << 20;

    private readonly string root;
    private readonly TileEdge edge;
    private readonly ArrayBufferWriter<byte> bundle = new();
    private readonly List<(string Path, byte[] Bytes)> waiting = []; // tiles that wait for the disk
    private long waitingBytes;

    /// <summary>Starts a log, or goes on with one.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="size">Entries that it already holds.</param>
    /// <exception cref="LogDamageException">What it should hold is missing.</exception>
    public TileWriter(string root, ulong size)
    {
        this.root = root;
        Size = size;
        edge = new TileEdge(Full);
        var held = TileFolder.At(root);
        edge.Continue(size, (level, index) => held.Tile(size, level, index));
        if (edge[0].Count == 0)
            return;
        var entries = held.Entries(size, TilePath.FullTiles(0, size));
        for (var i = 0; i < entries.Count; i++)
        {
            if (MerkleTree.Leaf(entries[i].Span) != edge[0][i])
                throw new LogDamageException("an entry of the last bundle is not the one that the tile beside it holds the hash of");
            EntryBundle.Write(entries[i].Span, bundle);
        }
    }

    /// <summary>Entries so far.</summary>
    public ulong Size { get; private set; }

    /// <summary>Adds an entry. Files appear by <see cref="Flush"/>, or when many wait: whoever adds does not wait for each.</summary>
    /// <exception cref="IOException">A tile cannot be written.</exception>
    public void Add(ReadOnlySpan<byte> entry)
    {
        EntryBundle.Write(entry, bundle);
        edge.Add(0, MerkleTree.Leaf(entry));
        Size++;
        if (waiting.Count >= WaitingMax || waitingBytes >= WaitingBytesMax)
            WriteWaiting();
    }

    /// <summary>Writes the tiles that are not full, so that the tree of the present size can be read.</summary>
    /// <exception cref="IOException">A tile cannot be written.</exception>
    public void Flush()
    {
        if (edge[0].Count > 0)
            Wait(TilePath.OfEntries(TilePath.FullTiles(0, Size), edge[0].Count), bundle.WrittenSpan.ToArray());
        for (var level = 0; level < TilePath.Levels; level++)
        {
            if (edge[level].Count > 0)
                Wait(TilePath.OfHashes(level, TilePath.FullTiles(level, Size), edge[level].Count), BytesOf(edge[level]));
        }

        WriteWaiting();
    }

    /// <summary>The root over the entries so far.</summary>
    public TreeHash Root() => edge.Root();

    private static byte[] BytesOf(List<TreeHash> hashes)
    {
        var bytes = new byte[hashes.Count * TreeHash.Length];
        for (var i = 0; i < hashes.Count; i++)
            hashes[i].Write(bytes.AsSpan(i * TreeHash.Length));
        return bytes;
    }

    private void Full(int level, ulong index, List<TreeHash> hashes)
    {
        Wait(TilePath.OfHashes(level, index, TilePath.FullWidth), BytesOf(hashes));
        if (level > 0)
            return;
        Wait(TilePath.OfEntries(index, TilePath.FullWidth), bundle.WrittenSpan.ToArray());
        bundle.Clear();
    }

    private void Wait(string path, byte[] bytes)
    {
        waiting.Add((path, bytes));
        waitingBytes += bytes.Length;
    }

    private void WriteWaiting()
    {
        DurableFile.Write([.. waiting.Select(tile => (Path.Join(root, tile.Path), tile.Bytes))]);
        waiting.Clear();
        waitingBytes = 0;
    }
}
