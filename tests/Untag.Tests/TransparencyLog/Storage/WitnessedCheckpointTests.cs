using Untag.Tests.Check;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.TransparencyLog.Storage;

public sealed class WitnessedCheckpointTests : IDisposable
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
    private static readonly SigningKey First = SigningKey.New("witness.example/w1", NoteAlgorithm.Cosignature);
    private static readonly SigningKey Second = SigningKey.New("witness.example/w2", NoteAlgorithm.Cosignature);

    private readonly ProductFolder folder = new();

    [Fact]
    public void What_witnesses_sign_stands_under_the_checkpoint_and_stays_when_the_log_grows()
    {
        var asked = Grow(3);
        WitnessedCheckpoint.Store(folder.Root, asked, [First.Cosign(asked.Text, 7)]);
        WitnessedCheckpoint.Store(folder.Root, asked, [Second.Cosign(asked.Text, 8)]);
        Assert.Equal([First.ToString(), Second.ToString()], Witnesses.Of(Shown, [First.Verifier, Second.Verifier]));
        Grow(4);
        Assert.Empty(Witnesses.Of(Shown, [First.Verifier, Second.Verifier]));
        Assert.Equal([First.ToString(), Second.ToString()], Witnesses.Of(Witnessed, [First.Verifier, Second.Verifier]));
        Assert.Equal(3UL, WitnessedCheckpoint.SizeSignedBy(folder.Root, [Second.Verifier]));
    }

    [Fact]
    public void A_witness_that_signs_again_has_one_signature_there_the_newest()
    {
        var asked = Grow(3);
        WitnessedCheckpoint.Store(folder.Root, asked, [First.Cosign(asked.Text, 7)]);
        WitnessedCheckpoint.Store(folder.Root, asked, [First.Cosign(asked.Text, 9)]);
        foreach (var note in new[] { Shown, Witnessed })
        {
            Assert.Equal(2, note.Signatures.Count);
            First.Verifier.Check(note, out var time);
            Assert.Equal(9UL, time);
        }
    }

    [Fact]
    public void A_log_that_is_open_takes_what_a_witness_signed_though_it_grew_meanwhile()
    {
        using var log = LogStore.Open(folder.Root, Key);
        log.Append("0"u8.ToArray());
        var asked = log.Publish();
        log.Cosign(asked, [First.Cosign(asked.Text, 7)]);
        Assert.Equal(NoteVerdict.Valid, First.Verifier.Check(log.Newest!));
        Assert.Same(log.Newest, log.Publish());
        log.Append("1"u8.ToArray());
        var later = log.Publish();
        log.Cosign(asked, [Second.Cosign(asked.Text, 8)]);
        Assert.Equal(later.ToString(), Shown.ToString());
        Assert.Equal([First.ToString(), Second.ToString()], Witnesses.Of(Witnessed, [First.Verifier, Second.Verifier]));
        log.Cosign(later, [First.Cosign(later.Text, 9)]);
        log.Cosign(asked, [Second.Cosign(asked.Text, 9)]); // late: what is stored never becomes smaller
        Assert.Equal(2UL, Checkpoint.Parse(Witnessed.Text).Size);
        Assert.Throws<LogDamageException>(() => WitnessedCheckpoint.Store(folder.Root, later, [Second.Cosign(later.Text, 9)]));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_as_if_it_were_not_there()
    {
        var asked = Grow(2);
        folder.Write(WitnessedCheckpoint.FileName, "nothing");
        Assert.Equal(0UL, WitnessedCheckpoint.SizeSignedBy(folder.Root, [First.Verifier]));
        WitnessedCheckpoint.Store(folder.Root, asked, [First.Cosign(asked.Text, 7)]);
        Assert.Equal(2UL, WitnessedCheckpoint.SizeSignedBy(folder.Root, [First.Verifier]));
        Assert.Equal(0UL, WitnessedCheckpoint.SizeSignedBy(folder.Root, [Second.Verifier]));
    }

    public void Dispose() => folder.Dispose();

    private SignedNote Shown => TiledLog.Open(folder.Root).Note;

    private SignedNote Witnessed => TiledLog.Open(folder.Root, folder.At(WitnessedCheckpoint.FileName)).Note;

    private SignedNote Grow(int entries)
    {
        using var log = LogStore.Open(folder.Root, Key);
        while (log.Size < (ulong)entries)
            log.Append(BitConverter.GetBytes(log.Size));
        return log.Publish();
    }
}
