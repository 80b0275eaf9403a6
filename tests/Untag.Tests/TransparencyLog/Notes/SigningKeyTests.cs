using System.Text;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Trees;

namespace Untag.Tests.TransparencyLog.Notes;

public sealed class SigningKeyTests
{
    private const ulong Time = 1_795_000_000;

    private static readonly string Text = new Checkpoint("example.com/log", 7, MerkleTree.Leaf("seven"u8)).ToString();

    [Fact]
    public void A_log_signs_and_its_verifier_key_agrees()
    {
        var key = Key(NoteAlgorithm.Ed25519);
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(new SignedNote(Text, [key.Sign(Text)]).ToString()));
        Assert.Equal(NoteVerdict.Valid, VerifierKey.Parse(key.Verifier.ToString()).Check(note));
        Assert.Equal(NoteVerdict.Forged, key.Verifier.Check(note with { Text = Text.Replace('7', '8') }));
        Assert.Equal(NoteVerdict.Absent, SigningKey.New("example.com/log", NoteAlgorithm.Ed25519).Verifier.Check(note));
    }

    [Theory]
    [InlineData(NoteAlgorithm.Cosignature)]
    [InlineData(NoteAlgorithm.PostQuantumCosignature)]
    public void A_witness_signs_a_checkpoint_with_the_time(NoteAlgorithm algorithm)
    {
        var (log, witness) = (Key(NoteAlgorithm.Ed25519), Key(algorithm, "witness.example/w1"));
        var written = new SignedNote(Text, [log.Sign(Text)]).With(witness.Cosign(Text, Time)).ToString();
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(written));
        Assert.Equal(NoteVerdict.Valid, log.Verifier.Check(note));
        Assert.Equal(NoteVerdict.Valid, VerifierKey.Parse(witness.Verifier.ToString()).Check(note, out var time));
        Assert.Equal(Time, time);
        Assert.Equal(NoteVerdict.Forged, witness.Verifier.Check(note with { Text = Text.Replace('7', '8') }));
        var signature = note.Signatures[1].Bytes.ToArray();
        for (var i = 0; i < signature.Length; i += algorithm == NoteAlgorithm.Cosignature ? 1 : 97)
        {
            signature[i] ^= 1;
            var changed = note.Signatures[1] with { Bytes = (byte[])signature.Clone() };
            Assert.Equal(NoteVerdict.Forged, witness.Verifier.Check(note with { Signatures = [note.Signatures[0], changed] }));
            signature[i] ^= 1;
        }
    }

    [Fact]
    public void A_signing_key_is_read_as_it_was_written_and_tells_its_secret_only_when_asked()
    {
        var key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        var read = SigningKey.Parse(key.Secret());
        Assert.Equal(key.Verifier.ToString(), read.Verifier.ToString());
        Assert.Equal("example.com/log", $"{read}");
    }

    [Fact]
    public void Keys_of_logs_and_of_witnesses_do_not_sign_for_each_other()
    {
        Assert.Throws<InvalidOperationException>(() => Key(NoteAlgorithm.Cosignature).Sign(Text));
        Assert.Throws<InvalidOperationException>(() => Key(NoteAlgorithm.Ed25519).Cosign(Text, Time));
        Assert.Throws<FormatException>(() => Key(NoteAlgorithm.Cosignature).Cosign("no checkpoint\n", Time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")] // another id
    [InlineData("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")] // another name
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")] // another algorithm
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==")] // cut
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ")]
    public void What_is_no_verifier_key_is_refused(string text) => Assert.Throws<FormatException>(() => VerifierKey.Parse(text));

    private static SigningKey Key(NoteAlgorithm algorithm, string name = "example.com/log") =>
        SigningKey.Of(name, algorithm, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
}
