using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Trees;

namespace Untag.Tests.TransparencyLog.Tiles;

/// <summary>A log that Tessera wrote.</summary>
public sealed class TesseraLogTests
{
    private static readonly VerifierKey Key =
        VerifierKey.Parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");

    private static string Log => Vectors.File("tessera-log", "testdata", "log");

    [Fact]
    public void Each_of_its_checkpoints_is_signed_and_is_what_its_entries_make_up()
    {
        for (ulong size = 0; size <= 15; size++)
        {
            var log = TiledLog.Open(Log, Path.Join(Log, $"checkpoint.{size}"));
            Assert.Equal(size, log.Checkpoint.Size);
            Assert.Equal(NoteVerdict.Valid, Key.Check(log.Note));
            log.Verify(null, CancellationToken.None);
            Assert.Equal(log.Checkpoint.Root, log.Prover.Root());
        }
    }

    [Fact]
    public void Each_checkpoint_grew_out_of_each_earlier_one()
    {
        var log = TiledLog.Open(Log);
        for (ulong size = 1; size < log.Checkpoint.Size; size++)
        {
            var earlier = TiledLog.Open(Log, Path.Join(Log, $"checkpoint.{size}")).Checkpoint;
            Assert.True(MerkleProofs.Extends(size, log.Checkpoint.Size, earlier.Root, log.Checkpoint.Root, log.Prover.Consistency(size)));
        }
    }

    [Fact]
    public void Each_entry_is_proved_by_a_proof_that_fits_into_a_file()
    {
        var log = TiledLog.Open(Log);
        var index = 0UL;
        foreach (var entry in log.Entries())
        {
            var written = new TlogProof(index, log.Prover.Inclusion(index), log.Note).ToString();
            var proof = TlogProof.Parse(System.Text.Encoding.UTF8.GetBytes(written));
            Assert.True(proof.Proves(MerkleTree.Leaf(entry.Span)));
            Assert.False(proof.Proves(MerkleTree.Leaf("another"u8)));
            Assert.Equal(NoteVerdict.Valid, Key.Check(proof.Note));
            index++;
        }

        Assert.Equal(log.Checkpoint.Size, index);
    }

    [Fact]
    public void No_changed_byte_of_its_newest_state_goes_unseen()
    {
        var copy = Directory.CreateTempSubdirectory("untag-test-");
        try
        {
            foreach (var path in new[] { "checkpoint", "tile/0/000.p/15", "tile/entries/000.p/15" })
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(copy.FullName, path))!);
                File.Copy(Path.Join(Log, path), Path.Join(copy.FullName, path));
            }

            Assert.True(Accepts(copy.FullName));
            foreach (var file in copy.EnumerateFiles("*", SearchOption.AllDirectories).ToList())
            {
                var bytes = File.ReadAllBytes(file.FullName);
                for (var i = 0; i < bytes.Length; i++)
                {
                    bytes[i] ^= 1;
                    File.WriteAllBytes(file.FullName, bytes);
                    Assert.False(Accepts(copy.FullName), $"{file.Name}, byte {i}");
                    bytes[i] ^= 1;
                }

                File.WriteAllBytes(file.FullName, bytes[..^1]);
                Assert.False(Accepts(copy.FullName), $"{file.Name}, cut");
                File.WriteAllBytes(file.FullName, bytes);
            }
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static bool Accepts(string folder)
    {
        try
        {
            var log = TiledLog.Open(folder);
            log.Verify(null, CancellationToken.None);
            return Key.Check(log.Note) == NoteVerdict.Valid;
        }
        catch (LogDamageException)
        {
            return false;
        }
    }
}
