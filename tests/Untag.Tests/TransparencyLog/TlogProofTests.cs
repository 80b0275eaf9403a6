using System.Text;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Trees;

namespace Untag.Tests.TransparencyLog;

public sealed class TlogProofTests
{
    private static readonly TreeHash[] Leaves = [.. Enumerable.Range(0, 9).Select(i => MerkleTree.Leaf([(byte)i]))];
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    [Fact]
    public void A_proof_is_read_as_it_was_written_with_and_without_extra_data()
    {
        foreach (var extra in new byte[]?[] { null, [1, 2, 3] })
        {
            var proof = Proof() with { Extra = extra };
            var read = TlogProof.Parse(Encoding.UTF8.GetBytes(proof.ToString()));
            Assert.Equal(proof.ToString(), read.ToString());
            Assert.Equal(extra, read.Extra);
            Assert.True(read.Proves(Leaves[5]));
        }
    }

    [Fact]
    public void No_proof_with_a_changed_byte_is_accepted()
    {
        var bytes = Encoding.UTF8.GetBytes(Proof().ToString());
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.False(Accepts(bytes), $"byte {i}");
            bytes[i] ^= 1;
        }

        for (var length = 0; length < bytes.Length; length++)
            Assert.False(Accepts(bytes[..length]), $"cut to {length}");
    }

    [Theory]
    [InlineData("", "no checkpoint after an empty line")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\n", "does not start with")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\n", "not base64")]
    [InlineData("c2sp.org/tlog-proof@v1\n\n", "states no index")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\n", "states no index")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n", "no hash")]
    public void What_is_no_proof_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => TlogProof.Parse(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    private static bool Accepts(byte[] bytes)
    {
        try
        {
            var proof = TlogProof.Parse(bytes);
            return proof.Proves(Leaves[5]) && Key.Verifier.Check(proof.Note) == NoteVerdict.Valid;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static TlogProof Proof()
    {
        var tree = MerkleProver.Over(Leaves);
        var text = new Checkpoint("example.com/log", tree.Size, tree.Root()).ToString();
        return new TlogProof(5, tree.Inclusion(5), new SignedNote(text, [Key.Sign(text)]));
    }
}
