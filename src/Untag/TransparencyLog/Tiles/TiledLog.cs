using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Tiles;

/// <summary>A log that lies in a folder, with the checkpoint that it shows.</summary>
public sealed class TiledLog
{
    private TiledLog(string root, SignedNote note)
    {
        Location = root;
        Folder = TileFolder.At(root);
        Note = note;
        Checkpoint = Checkpoint.Parse(note.Text);
    }

    /// <summary>Its folder.</summary>
    public string Location { get; }

    /// <summary>The checkpoint with its signatures.</summary>
    public SignedNote Note { get; }

    /// <summary>What the checkpoint says.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Makes proofs about the log.</summary>
    public MerkleProver Prover => Folder.Prover(Checkpoint.Size);

    /// <summary>Its tiles.</summary>
    internal TileFolder Folder { get; }

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
            return new TiledLog(root, SignedNote.Parse(File.ReadAllBytes(checkpoint)));
        }
        catch (FormatException problem)
        {
            throw new LogDamageException($"the checkpoint cannot be read: {problem.Message}");
        }
    }

    /// <summary>Every entry, in order.</summary>
    /// <exception cref="LogDamageException">A bundle is missing or cut; thrown when it is reached.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Entries()
    {
        for (ulong bundle = 0; bundle < TilePath.Tiles(0, Checkpoint.Size); bundle++)
        {
            foreach (var entry in Folder.Entries(Checkpoint.Size, bundle))
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
        if (new LogRecount(Folder, Checkpoint.Size).Root(progress, cancellation) != Checkpoint.Root)
            throw new LogDamageException("the entries do not make up the root that the checkpoint states");
        EarlierTiles.Verify(this);
    }

    /// <summary>True when the log grew out of an earlier checkpoint of it.</summary>
    /// <param name="earlier">One that is not larger.</param>
    /// <exception cref="LogDamageException">A tile is missing.</exception>
    public bool GrewFrom(Checkpoint earlier) => earlier.Size == 0 || MerkleProofs.Extends(
        earlier.Size, Checkpoint.Size, earlier.Root, Checkpoint.Root, Prover.Consistency(earlier.Size));
}
