using System.Text;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;

namespace Untag.TransparencyLog.Storage;

/// <summary>Keeps what witnesses signed: in the checkpoint while it is the newest, and in a file of its own, which stays when the log
/// grows, until witnesses sign a later one.</summary>
public static class WitnessedCheckpoint
{
    /// <summary>Name of the file with the newest checkpoint that a witness has signed.</summary>
    public const string FileName = "witnessed";

    /// <summary>Stores cosignatures beside a log that no program has open.</summary>
    /// <param name="folder">The folder of the log.</param>
    /// <param name="asked">The checkpoint that the witness was asked to sign.</param>
    /// <param name="signatures">Its cosignatures, which its keys have verified.</param>
    /// <exception cref="LogDamageException">A program has the log open, or its checkpoint is none.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Store(string folder, SignedNote asked, IReadOnlyList<NoteSignature> signatures)
    {
        using var theLock = FolderLock.Take(folder);
        Store(folder, TiledLog.Open(folder).Note, asked, signatures);
    }

    /// <summary>Entries of the checkpoint that a witness signed last, as far as is known; 0 when nothing is.</summary>
    /// <param name="folder">The folder of the log.</param>
    /// <param name="keys">Keys of the witness.</param>
    public static ulong SizeSignedBy(string folder, IReadOnlyList<VerifierKey> keys) =>
        Read(folder) is { } note && keys.Any(key => key.Check(note) == NoteVerdict.Valid) ? Checkpoint.Parse(note.Text).Size : 0;

    /// <summary>Stores cosignatures, and gives the newest checkpoint with them.</summary>
    internal static SignedNote Store(string folder, SignedNote newest, SignedNote asked, IReadOnlyList<NoteSignature> signatures)
    {
        var cosigned = newest.Text == asked.Text ? With(newest, signatures) : newest;
        if (cosigned != newest)
            Write(folder, TileFolder.CheckpointName, cosigned);
        var last = Read(folder);
        if (last is null || Checkpoint.Parse(last.Text).Size <= Checkpoint.Parse(asked.Text).Size)
            Write(folder, FileName, With(last?.Text == asked.Text ? last : asked, signatures));
        return cosigned;
    }

    private static SignedNote With(SignedNote note, IReadOnlyList<NoteSignature> signatures) =>
        signatures.Aggregate(note, (cosigned, signature) => cosigned.With(signature));

    private static void Write(string folder, string name, SignedNote note) =>
        DurableFile.Write(Path.Join(folder, name), Encoding.UTF8.GetBytes(note.ToString()));

    // What cannot be read is as if it were not there: it is a memory, and the witness has the true one.
    private static SignedNote? Read(string folder)
    {
        var path = Path.Join(folder, FileName);
        try
        {
            return File.Exists(path) ? TiledLog.Open(folder, path).Note : null;
        }
        catch (LogDamageException)
        {
            return null;
        }
    }
}
