using Untag.Evidence;
using Untag.Tests.Check;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Tests.Evidence;

public sealed class LogEvidenceTests : IDisposable
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    private readonly ProductFolder folder = new();

    [Fact]
    public void A_bundle_proves_that_a_log_holds_its_statement()
    {
        var bundle = Logged("log", 300, out var note);
        var log = Verifier.Verify(SmallBundle.Request(bundle) with { LogKey = Key.Verifier, Checkpoint = note }).Log!;
        Assert.Equal(("example.com/log", 300UL, 301UL, true, 300UL), (log.Origin, log.Index, log.Size, log.KeyWasGiven, log.GrewFrom));
        Assert.Empty(log.Witnesses);
        Assert.False(SmallBundle.Verify(bundle).Log!.KeyWasGiven);
    }

    [Fact]
    public void Every_earlier_checkpoint_is_compared()
    {
        var notes = new List<SignedNote>();
        byte[] bundle;
        using (var log = LogStore.Open(folder.At("log"), Key))
        {
            for (var i = 0; i < 20; i++)
            {
                notes.Add(log.Publish());
                log.Append(BitConverter.GetBytes(i));
            }

            bundle = LogEvidence.Add(SmallBundle.Bytes, log, folder.At("log"), Key.Verifier, SmallBundle.Day);
        }

        Assert.All(notes, note => Assert.Equal(
            Checkpoint.Parse(note.Text).Size, Verifier.Verify(SmallBundle.Request(bundle) with { Checkpoint = note }).Log!.GrewFrom));
    }

    [Fact]
    public void A_log_that_was_rolled_back_or_forked_or_is_another_is_told_as_that()
    {
        var bundle = Logged("log", 3, out _);
        Logged("longer", 9, out var longer);
        Logged("fork", 2, out _);
        using (var fork = LogStore.Open(folder.At("fork"), Key))
        {
            fork.Append("x"u8.ToArray());
            Assert.Equal(VerifyFailure.Forked, Failure(bundle, fork.Publish()));
        }

        Assert.Equal(VerifyFailure.RolledBack, Failure(bundle, longer));
        var stranger = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        Assert.Equal(VerifyFailure.OtherLog, Failure(bundle, longer with { Signatures = [stranger.Sign(longer.Text)] }));
        Assert.Equal(VerifyFailure.BadCheckpoint, Failure(bundle, longer with { Text = longer.Text.Replace("9", "8", StringComparison.Ordinal) }));
        Assert.Equal(VerifyFailure.OtherLog, SmallBundle.Failure(SmallBundle.Request(bundle) with { LogKey = stranger.Verifier }));
        Assert.Equal(VerifyFailure.NotInLog, Failure(SmallBundle.Bytes, longer));
    }

    [Fact]
    public void The_proof_of_another_statement_is_none()
    {
        var files = SmallBundle.Files(Logged("log", 3, out _));
        var other = SmallBundle.Files(SmallBundle.Another);
        Assert.Equal(VerifyFailure.NotInLog, SmallBundle.Failure(SmallBundle.Repack([.. other, .. files.Skip(other.Count)])));
        Assert.Equal(VerifyFailure.FileAdded, SmallBundle.Failure(SmallBundle.Repack([.. files, new("log/more", default)])));
        Assert.Equal(VerifyFailure.NotInLog, SmallBundle.Failure(SmallBundle.Repack([.. files.Where(file => file.Path != "log/entry.json")])));
    }

    [Fact]
    public void No_flipped_byte_of_the_log_is_accepted_even_with_a_manifest_that_was_mended()
    {
        var files = SmallBundle.Files(Logged("log", 5, out var note));
        foreach (var path in new[] { "log/entry.json", "log/log.vkey", "log/statement.tlog-proof", "log/tile/0/000.p/6" })
        {
            var at = files.FindIndex(file => file.Path == path);
            var bytes = files[at].Bytes.ToArray();
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= 1;
                files[at] = files[at] with { Bytes = bytes };
                Failure(SmallBundle.Repack(files), note);
                bytes[i] ^= 1;
            }
        }

        Assert.Equal(5UL, Verifier.Verify(SmallBundle.Request(SmallBundle.Repack(files)) with { Checkpoint = note, LogKey = Key.Verifier }).Log!.GrewFrom);
    }

    [Fact]
    public void A_witness_whom_the_reader_trusts_is_named_and_a_forged_one_refused()
    {
        var files = SmallBundle.Files(Logged("log", 3, out _));
        var witness = SigningKey.New("witness.example/w1", NoteAlgorithm.Cosignature);
        var at = files.FindIndex(file => file.Path == "log/statement.tlog-proof");
        var proof = TlogProof.Parse(files[at].Bytes.Span);
        var cosigned = proof with { Note = proof.Note.With(witness.Cosign(proof.Note.Text, 1_795_000_000)) };
        files[at] = files[at] with { Bytes = System.Text.Encoding.UTF8.GetBytes(cosigned.ToString()) };
        var request = SmallBundle.Request(SmallBundle.Repack(files)) with { Witnesses = [witness.Verifier] };
        Assert.Equal(["witness.example/w1"], Verifier.Verify(request).Log!.Witnesses);
        Assert.Empty(Verifier.Verify(request with { Witnesses = [] }).Log!.Witnesses);
        var forged = proof with { Note = proof.Note.With(witness.Cosign("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", 1)) };
        files[at] = files[at] with { Bytes = System.Text.Encoding.UTF8.GetBytes(forged.ToString()) };
        Assert.Equal(VerifyFailure.BadCheckpoint, SmallBundle.Failure(request with { Bundle = SmallBundle.Repack(files) }));
    }

    [Theory]
    [InlineData("""{"kind":"statement","schema":"untag/log/1"}""", true)]
    [InlineData("""{"kind": "statement","schema":"untag/log/1"}""", false)]
    [InlineData("""{"schema":"untag/log/1","kind":"statement"}""", false)]
    [InlineData("""{"kind":"a","kind":"b","schema":"untag/log/1"}""", false)]
    [InlineData("""{"kind":1,"schema":"untag/log/1"}""", false)]
    [InlineData("""{"kind":"\u0061","schema":"untag/log/1"}""", false)]
    [InlineData("""{"kind":"\ud800","schema":"untag/log/1"}""", false)]
    [InlineData("""{"kind":"statement"}""", false)]
    [InlineData("[]", false)]
    public void An_entry_has_one_spelling(string text, bool reads) =>
        Assert.Equal(reads, LogEntry.Parse(System.Text.Encoding.UTF8.GetBytes(text)) is not null);

    public void Dispose() => folder.Dispose();

    private static VerifyFailure Failure(ReadOnlyMemory<byte> bundle, SignedNote seen) =>
        SmallBundle.Failure(SmallBundle.Request(bundle) with { Checkpoint = seen, LogKey = Key.Verifier });

    private byte[] Logged(string name, int before, out SignedNote note)
    {
        using var log = LogStore.Open(folder.At(name), Key);
        for (var i = 0; i < before; i++)
            log.Append(BitConverter.GetBytes(i));
        note = log.Publish();
        return LogEvidence.Add(SmallBundle.Bytes, log, folder.At(name), Key.Verifier, SmallBundle.Day);
    }
}
