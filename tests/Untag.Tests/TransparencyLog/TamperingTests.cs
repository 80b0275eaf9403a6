using System.Text;
using Untag.Tests.Check;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.TransparencyLog;

/// <summary>What somebody may do to the files of a log, and what each is called.</summary>
public sealed class TamperingTests : IDisposable
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    private readonly ProductFolder folder = new();

    [Fact]
    public void No_changed_byte_of_any_file_that_readers_read_goes_unseen()
    {
        // Three checkpoints, so that tiles of the earlier ones lie there too.
        Grow(3, 9, 12);
        var files = PublicFiles();
        Assert.Equal(7, files.Count);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            for (var at = 0; at < bytes.Length; at++)
            {
                foreach (var flip in new byte[] { 1, 0x20, 0xff })
                {
                    bytes[at] ^= flip;
                    File.WriteAllBytes(file, bytes);
                    Assert.False(IsAccepted(), $"{file}, byte {at}");
                    bytes[at] ^= flip;
                }
            }

            foreach (var length in new[] { 0, bytes.Length / 2, bytes.Length - 1 })
            {
                File.WriteAllBytes(file, bytes[..length]);
                Assert.False(IsAccepted(), $"{file}, cut to {length}");
            }

            File.WriteAllBytes(file, [.. bytes, 0]);
            Assert.False(IsAccepted(), $"{file}, one byte more");
            File.WriteAllBytes(file, bytes);
            Assert.True(IsAccepted());
        }
    }

    [Fact]
    public void In_a_log_of_several_tiles_a_changed_byte_is_seen_on_every_level()
    {
        Grow(300, 700);
        foreach (var file in PublicFiles())
        {
            var bytes = File.ReadAllBytes(file);
            for (var at = 0; at < bytes.Length; at += Math.Max(1, bytes.Length / 5))
            {
                bytes[at] ^= 1;
                File.WriteAllBytes(file, bytes);
                Assert.False(IsAccepted(), $"{file}, byte {at}");
                bytes[at] ^= 1;
            }

            File.WriteAllBytes(file, bytes);
        }

        Assert.True(IsAccepted());
    }

    [Theory]
    [InlineData("swap", "in the place of entry 1 stands entry 2: entries were swapped or moved")]
    [InlineData("reorder", "in the place of entry 0 stands entry 3: entries were swapped or moved")]
    [InlineData("drop", "a bundle of 4 entries holds 3: some were taken out")]
    [InlineData("double", "a bundle of 4 entries holds 5: some were added")]
    [InlineData("truncate", "a bundle of entries is cut")]
    [InlineData("change", "entry 2 is not the one that the tile beside it holds the hash of")]
    [InlineData("change both", "the entries do not make up the root that the checkpoint states")]
    public void What_was_done_to_the_entries_has_a_message_of_its_own(string how, string message)
    {
        Grow(4);
        var (bundle, tile) = (folder.At("tile/entries/000.p/4"), folder.At("tile/0/000.p/4"));
        var bytes = File.ReadAllBytes(bundle);
        var length = bytes.Length / 4; // entries of one length
        byte[] Entry(int index) => bytes[(index * length)..((index + 1) * length)];
        File.WriteAllBytes(bundle, how switch
        {
            "swap" => [.. Entry(0), .. Entry(2), .. Entry(1), .. Entry(3)],
            "reorder" => [.. Entry(3), .. Entry(2), .. Entry(1), .. Entry(0)],
            "drop" => [.. Entry(0), .. Entry(1), .. Entry(3)],
            "double" => [.. bytes, .. Entry(3)],
            "truncate" => bytes[..^1],
            _ => [.. Entry(0), .. Entry(1), .. Entry(2)[..^1], (byte)'x', .. Entry(3)],
        });
        if (how == "change both")
        {
            using var hash = new MemoryStream(File.ReadAllBytes(tile));
            hash.Position = 2 * 32;
            hash.Write(System.Security.Cryptography.SHA256.HashData([0, .. File.ReadAllBytes(bundle)[(2 * length + 2)..(3 * length)]]));
            File.WriteAllBytes(tile, hash.ToArray());
        }

        Assert.Equal(message, Damage());
    }

    [Fact]
    public void Whole_bundles_with_their_tiles_that_change_places_are_seen_by_the_tile_above()
    {
        Grow(600);
        foreach (var tile in new[] { "tile/entries/", "tile/0/" })
        {
            File.Move(folder.At(tile + "000"), folder.At("aside"));
            File.Move(folder.At(tile + "001"), folder.At(tile + "000"));
            File.Move(folder.At("aside"), folder.At(tile + "001"));
        }

        Assert.Equal("`tile/1/000.p/2` does not hold the hashes of the tiles below it", Damage());
    }

    [Fact]
    public void The_first_of_many_damages_is_the_one_that_is_told()
    {
        Grow(256 * 20);
        foreach (var bundle in new[] { "003", "007", "012", "019" })
        {
            var bytes = File.ReadAllBytes(folder.At($"tile/entries/{bundle}"));
            bytes[3] ^= 1;
            File.WriteAllBytes(folder.At($"tile/entries/{bundle}"), bytes);
        }

        for (var i = 0; i < 20; i++)
            Assert.Equal("entry 768 is not the one that the tile beside it holds the hash of", Damage());
    }

    [Fact]
    public void Tiles_that_no_checkpoint_speaks_of_yet_and_files_of_others_are_passed_over()
    {
        Grow(5);
        folder.Write("tile/0/000.p/200", "written before a machine stopped");
        folder.Write("tile/0/000.p/5.unfinished", "so was this");
        folder.Write("tile/README", "of somebody else");
        folder.Write("tile/0/x.p/y", "and this");
        Assert.True(IsAccepted());
    }

    public void Dispose() => folder.Dispose();

    private void Grow(params int[] sizes)
    {
        using var log = LogStore.Open(folder.Root, Key);
        foreach (var size in sizes)
        {
            for (var i = (int)log.Size; i < size; i++)
                log.Append(Encoding.UTF8.GetBytes($"entry {i:0000}"));
            log.Publish();
        }
    }

    private List<string> PublicFiles() =>
        [folder.At("checkpoint"), .. Directory.EnumerateFiles(folder.At("tile"), "*", SearchOption.AllDirectories)];

    private bool IsAccepted()
    {
        try
        {
            var log = TiledLog.Open(folder.Root);
            log.Verify(null, TestContext.Current.CancellationToken);
            return Key.Verifier.Check(log.Note) == NoteVerdict.Valid;
        }
        catch (LogDamageException)
        {
            return false;
        }
    }

    private string Damage() => Assert.Throws<LogDamageException>(
        () => TiledLog.Open(folder.Root).Verify(null, TestContext.Current.CancellationToken)).Message;
}
