using System.Text;
using Untag.TransparencyLog.Notes;

namespace Untag.Tests.TransparencyLog.Notes;

/// <summary>Notes that other programs signed: the examples of C2SP and of Go, checkpoints of Tessera, tree heads of the Go
/// checksum database.</summary>
public sealed class NoteVectorsTests
{
    private static IEnumerable<(string Name, VerifierKey Key, string Note)> Notes =>
        Vectors.Json("c2sp", "notes.json").EnumerateArray()
            .Select(note => (note.Text("name"), VerifierKey.Parse(note.Text("vkey")), note.Text("note")));

    [Fact]
    public void Every_note_is_of_its_key_and_is_written_as_it_was_read()
    {
        Assert.Equal(23, Notes.Count());
        foreach (var (name, key, text) in Notes)
        {
            var note = SignedNote.Parse(Encoding.UTF8.GetBytes(text));
            Assert.Equal((name, NoteVerdict.Valid), (name, key.Check(note)));
            Assert.Equal(text, note.ToString());
        }
    }

    [Fact]
    public void Every_key_is_written_as_it_was_read() =>
        Assert.All(Vectors.Json("c2sp", "notes.json").EnumerateArray(), note =>
            Assert.Equal(note.Text("vkey"), VerifierKey.Parse(note.Text("vkey")).ToString()));

    [Fact]
    public void No_note_with_a_changed_byte_is_accepted()
    {
        foreach (var (name, key, text) in Notes)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var i = 0; i < bytes.Length; i++)
            {
                foreach (var flip in new byte[] { 1, 0x80 })
                {
                    var changed = (byte[])bytes.Clone();
                    changed[i] ^= flip;
                    Assert.False(Accepts(key, changed), $"{name}, byte {i}");
                }
            }
        }
    }

    [Fact]
    public void Checkpoints_among_the_notes_are_read()
    {
        var checkpoints = Notes.Where(note => note.Name.StartsWith("sumdb-", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, checkpoints.Count);
        Assert.All(checkpoints, note => Assert.EndsWith(
            $"-{Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetBytes(note.Note)).Text).Size}", note.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Tree_heads_of_the_checksum_database_are_read_or_refused()
    {
        var vectors = Vectors.Json("sumdb", "tlog.json");
        var record = vectors.GetProperty("recordHash");
        Assert.Equal(
            record.Text("base64"),
            Untag.TransparencyLog.Trees.MerkleTree.Leaf(Encoding.UTF8.GetBytes(record.Text("inputUtf8"))).ToString());
        var heads = vectors.GetProperty("treeNote");
        Assert.True(IsHead(heads.Text("ok")));
        Assert.All(heads.GetProperty("bad").EnumerateArray(), head => Assert.False(IsHead(head.GetString()!)));
    }

    private static bool IsHead(string text)
    {
        try
        {
            var checkpoint = Checkpoint.Parse(text);
            return checkpoint.Origin == "go.sum database tree" && checkpoint.ToString() == text;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Accepts(VerifierKey key, byte[] note)
    {
        try
        {
            return key.Check(SignedNote.Parse(note)) == NoteVerdict.Valid;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
