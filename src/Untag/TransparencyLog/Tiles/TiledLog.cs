using System.Globalization;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Tiles;

/// <summary>A log that lies in a folder, with the checkpoint that it shows.</summary>
public sealed class TiledLog
{
    private readonly TileFolder folder;

    private TiledLog(TileFolder folder, SignedNote note)
    {
        this.folder = folder;
        Note = note;
        Checkpoint = Checkpoint.Parse(note.Text);
    }

    /// <summary>The checkpoint with its signatures.</summary>
    public SignedNote Note { get; }

    /// <summary>What the checkpoint says.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Opens a log. Nothing is verified yet.</summary>
    /// <param name="root">Its folder.</param>
    /// <exception cref="LogDamageException">There is no checkpoint in it, or something that is none.</exception>
    public static TiledLog Open(string root) => Open(root, Path.Join(root, TileFolder.CheckpointName));

    /// <summary>Opens a log at one of its checkpoints.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="checkpoint">Path of the checkpoint.</param>
    /// <exception cref="LogDamageException">There is no checkpoint in it, or something that is none.</exception>
    public static TiledLog Open(string root, string checkpoint)
    {
        if (!File.Exists(checkpoint))
            throw new LogDamageException("there is no checkpoint");
        try
        {
            return new TiledLog(TileFolder.At(root), SignedNote.Parse(File.ReadAllBytes(checkpoint)));
        }
        catch (FormatException problem)
        {
            throw new LogDamageException($"the checkpoint cannot be read: {problem.Message}");
        }
    }

    /// <summary>Makes proofs about the log.</summary>
    public MerkleProver Prover => folder.Prover(Checkpoint.Size);

    /// <summary>Every entry, in order.</summary>
    /// <exception cref="LogDamageException">A bundle is missing or cut; thrown when it is reached.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Entries()
    {
        for (ulong start = 0; start < Checkpoint.Size; start += TilePath.FullWidth)
        {
            foreach (var entry in folder.Entries(Checkpoint.Size, start / TilePath.FullWidth))
                yield return entry;
        }
    }

    /// <summary>Recomputes the tree from the entries, and compares it with the tiles and the checkpoint.</summary>
    /// <param name="progress">Told the number of entries that were read; null for nobody.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="LogDamageException">Something is missing or was changed; the message says what.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public void Verify(IProgress<ulong>? progress, CancellationToken cancellation)
    {
        var tree = new GrowingTree();
        var size = Checkpoint.Size;
        for (ulong bundle = 0; tree.Size < size; bundle++)
        {
            cancellation.ThrowIfCancellationRequested();
            var tile = folder.Tile(size, 0, bundle);
            var entries = folder.Entries(size, bundle);
            for (var i = 0; i < entries.Count; i++)
            {
                var hash = MerkleTree.Leaf(entries[i].Span);
                if (hash != tile[i])
                {
                    throw new LogDamageException(string.Create(
                        CultureInfo.InvariantCulture, $"entry {tree.Size} is not the one that the tile beside it holds the hash of"));
                }

                tree.Add(hash);
            }

            progress?.Report(tree.Size);
        }

        if (tree.Root() != Checkpoint.Root)
            throw new LogDamageException("the entries do not make up the root that the checkpoint states");
        VerifyUpperTiles(size);
    }

    // Proofs are made from them: a wrong one would give proofs that do not verify.
    private void VerifyUpperTiles(ulong size)
    {
        for (var level = 1; level < TilePath.Levels; level++)
        {
            var tiles = TilePath.FullTiles(level, size) + (TilePath.PartialWidth(level, size) > 0 ? 1UL : 0);
            for (ulong index = 0; index < tiles; index++)
            {
                var tile = folder.Tile(size, level, index);
                for (var i = 0; i < tile.Length; i++)
                {
                    var below = folder.Tile(size, level - 1, index * TilePath.FullWidth + (ulong)i);
                    if (MerkleTree.Root(below) != tile[i])
                        throw new LogDamageException($"`{TilePath.OfHashes(level, index, tile.Length)}` does not hold the hashes of the tiles below it");
                }
            }
        }
    }
}
