using System.Text;
using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Server.Cluster;

/// <summary>Makes the folder of a program that is not the sequencer what the sequencer has signed: the same tiles of the same entries, and
/// the same checkpoint. So each machine has the whole log for those who read files.</summary>
internal sealed class LogFollower(string folder, VerifierKey key)
{
    private string? compared = ""; // the checkpoint of the database that the folder has, or null while there is none

    /// <summary>Goes on to the newest checkpoint.</summary>
    /// <exception cref="LogDamageException">What the database holds is not what was signed.</exception>
    /// <exception cref="IOException">The database or the folder does not work.</exception>
    public async Task Follow(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var session = await Database.Try(async () => await source.OpenConnectionAsync(cancellation));
        var head = await Database.Try(() => SequencedEntries.Head(session, cancellation));
        if (head.SignedNote == compared)
            return;
        var (note, size) = head.SignedNote is { } text ? NoteOf(text) : (null, 0);
        try
        {
            using var published = PublishedLog.Open(folder, key);
            // Also when nothing is signed in the database: then it must not be less than what lies in the folder.
            await Database.Try(() => SequencedEntries.CatchUp(session, published, head, (long)size, cancellation));
            if (note is not null && published.Size == size && !published.IsShown)
            {
                published.WriteTiles();
                published.Show(note);
            }
        }
        catch (LogDamageException problem) when (problem.IsInUse)
        {
            return; // the folder is that of the sequencer, on the same machine or a shared disk
        }

        compared = head.SignedNote;
    }

    private static (SignedNote? Note, ulong Size) NoteOf(string text)
    {
        try
        {
            var note = SignedNote.Parse(Encoding.UTF8.GetBytes(text));
            return (note, Checkpoint.Parse(note.Text).Size);
        }
        catch (FormatException problem)
        {
            throw new LogDamageException($"the checkpoint in the database cannot be used: {problem.Message}");
        }
    }
}
