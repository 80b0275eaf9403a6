using System.Text;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Trees;

namespace Untag.TransparencyLog.Storage;

/// <summary>What readers see of a log: its tiles, and the checkpoint that is signed over them. One program at a time writes it, and
/// entries come to it once they are durable elsewhere.</summary>
/// <remarks>A checkpoint is never smaller than the last one, nor of a log that the last one is no part of: it goes on from the tiles of
/// the last, which must make up its root.</remarks>
public sealed class PublishedLog : IDisposable
{
    private readonly string folder;
    private readonly VerifierKey key;
    private readonly FolderLock theLock;
    private readonly TileWriter tiles;
    private ulong? shown; // entries of the newest checkpoint

    private PublishedLog(string folder, VerifierKey key, FolderLock theLock)
    {
        this.folder = folder;
        this.key = key;
        this.theLock = theLock;
        Newest = NewestOf(folder, key)?.Note;
        var head = Newest is null ? null : Checkpoint.Parse(Newest.Text);
        shown = head?.Size;
        tiles = new TileWriter(folder, head?.Size ?? 0);
        if (head is not null && tiles.Root() != head.Root)
            throw new LogDamageException("the tiles do not make up the root that the checkpoint states");
    }

    /// <summary>The newest checkpoint; null before the first.</summary>
    public SignedNote? Newest { get; private set; }

    /// <summary>Entries so far, those that are not published yet among them.</summary>
    public ulong Size => tiles.Size;

    /// <summary>True when the newest checkpoint speaks of all entries.</summary>
    public bool IsShown => shown == tiles.Size;

    /// <summary>The root over the entries so far.</summary>
    public TreeHash Root => tiles.Root();

    /// <summary>Opens what readers see, or starts it.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="key">The key of the log; its name is the origin of the log.</param>
    /// <exception cref="LogDamageException">It is damaged, of another key, or in use.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static PublishedLog Open(string folder, VerifierKey key)
    {
        DurableFile.CreateFolder(folder);
        var theLock = FolderLock.Take(folder);
        try
        {
            return new PublishedLog(folder, key, theLock);
        }
        catch
        {
            theLock.Dispose();
            throw;
        }
    }

    /// <summary>What readers see, whoever writes it at the moment; null while there is no checkpoint.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="key">The key of the log.</param>
    /// <exception cref="LogDamageException">It is damaged, or of another key.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TiledLog? NewestOf(string folder, VerifierKey key)
    {
        if (!File.Exists(Path.Join(folder, TileFolder.CheckpointName)))
            return null;
        var log = TiledLog.Open(folder);
        return key.Check(log.Note) == NoteVerdict.Valid && log.Checkpoint.Origin == key.Name
            ? log
            : throw new LogDamageException("its checkpoint is not signed with this key");
    }

    /// <summary>Adds an entry that is durable elsewhere. It is seen after <see cref="Sign"/>.</summary>
    /// <exception cref="IOException">A tile cannot be written.</exception>
    public void Add(ReadOnlySpan<byte> entry) => tiles.Add(entry);

    /// <summary>Writes the tiles of all entries so far. No checkpoint speaks of the new ones yet.</summary>
    /// <exception cref="IOException">A tile cannot be written.</exception>
    public void WriteTiles() => tiles.Flush();

    /// <summary>Signs a checkpoint over the tiles, once they are written, and shows it.</summary>
    /// <param name="signer">The key that signs.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public SignedNote Sign(SigningKey signer)
    {
        var text = new Checkpoint(key.Name, tiles.Size, tiles.Root()).ToString();
        return Show(new SignedNote(text, [signer.Sign(text)]));
    }

    /// <summary>Shows a checkpoint that was signed elsewhere over the same entries, once their tiles are written.</summary>
    /// <exception cref="LogDamageException">It is not signed with the key of the log, or is over other entries.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public SignedNote Show(SignedNote note)
    {
        if (key.Check(note) != NoteVerdict.Valid || note.Text != new Checkpoint(key.Name, tiles.Size, tiles.Root()).ToString())
            throw new LogDamageException($"the checkpoint of {tiles.Size} entries is not over those that are here, or not signed by {key.Name}");
        DurableFile.Write(Path.Join(folder, TileFolder.CheckpointName), Encoding.UTF8.GetBytes(note.ToString()));
        shown = tiles.Size;
        return Newest = note;
    }

    /// <summary>Stores what a witness signed.</summary>
    /// <param name="asked">The checkpoint that it was asked to sign.</param>
    /// <param name="signatures">Its cosignatures, which its keys have verified.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Cosign(SignedNote asked, IReadOnlyList<NoteSignature> signatures)
    {
        if (Newest is { } newest)
            Newest = WitnessedCheckpoint.Store(folder, newest, asked, signatures);
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => theLock.Dispose();
}
