using System.Globalization;
using System.Text;
using Untag.Tests.Check;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.TransparencyLog.Tiles;

public sealed class TileWriterTests
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    // Sizes around a tile, around a bundle of bundles, and one with three levels of tiles.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(512)]
    [InlineData(1000)]
    [InlineData(66_000)]
    public void A_log_that_we_wrote_is_read_by_a_reader_made_from_the_specification_alone(int size)
    {
        using var folder = new ProductFolder();
        Write(folder.Root, 0, size);
        var reader = new SpecReader(folder.Root);
        Assert.Equal("example.com/log", reader.Origin);
        Assert.Equal(size, reader.Size);
        Assert.Equal(Enumerable.Range(0, size).Select(Entry), reader.Entries());
        TiledLog.Open(folder.Root).Verify(null, CancellationToken.None);
    }

    [Fact]
    public void A_log_goes_on_where_it_was_left()
    {
        using var folder = new ProductFolder();
        var size = 0;
        foreach (var more in new[] { 1, 3, 250, 2, 1, 255, 256, 700 })
        {
            Write(folder.Root, size, size + more);
            size += more;
            Assert.Equal(size, new SpecReader(folder.Root).Entries().Count);
        }
    }

    [Fact]
    public void The_sizes_that_the_specification_states_have_the_tiles_that_it_states()
    {
        var vectors = Vectors.Json("c2sp", "tlog-tiles.json");
        foreach (var path in vectors.GetProperty("paths").EnumerateArray())
            Assert.Equal($"tile/0/{path.Text("path")}", TilePath.OfHashes(0, path.Number("index"), TilePath.FullWidth));
        Assert.Equal([273, 1, 0], Enumerable.Range(0, 3).Select(level => (int)TilePath.FullTiles(level, 70_000)));
        Assert.Equal([112, 17, 1], Enumerable.Range(0, 3).Select(level => TilePath.PartialWidth(level, 70_000)));
        Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(level => (int)TilePath.FullTiles(level, 256)));
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Select(level => TilePath.PartialWidth(level, 256)));
        Assert.Equal("tile/entries/000.p/3", TilePath.OfEntries(0, 3));
    }

    [Fact]
    public void What_is_missing_cut_or_another_is_named()
    {
        using var folder = new ProductFolder();
        Write(folder.Root, 0, 600);
        Damage(folder, "tile/0/001", null, "`tile/0/001` is missing");
        Damage(folder, "tile/entries/001", null, "`tile/entries/001` is missing");
        Damage(folder, "tile/0/001", bytes => bytes[..^1], "`tile/0/001` has 8191 bytes instead of 8192");
        Damage(folder, "tile/entries/001", bytes => bytes[..^1], "a bundle of entries is cut");
        Damage(folder, "tile/entries/002.p/88", bytes => [.. bytes, 0, 0], "a bundle of 88 entries holds 89");
        Damage(folder, "tile/entries/000", bytes => [.. bytes.Select(value => value == (byte)'7' ? (byte)'x' : value)],
            "entry 7 is not the one that the tile beside it holds the hash of");
        Damage(folder, "tile/1/000.p/2", bytes => [.. bytes.Reverse()], "`tile/1/000.p/2` does not hold the hashes of the tiles below it");
        Damage(folder, "checkpoint", bytes => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("600", "599", StringComparison.Ordinal)),
            "is missing");
        Damage(folder, "checkpoint", bytes => bytes[..^9], "the checkpoint cannot be read");
        Damage(folder, "checkpoint", null, "there is no checkpoint");
    }

    [Fact]
    public void Who_waits_for_a_long_log_is_told_how_far_it_has_come()
    {
        using var folder = new ProductFolder();
        Write(folder.Root, 0, 66_000);
        var told = new List<ulong>();
        TiledLog.Open(folder.Root).Verify(new Listener(told), CancellationToken.None);
        Assert.Equal(told.Order(), told);
        Assert.True(told.Count > 3);
        Assert.InRange(told[^1], 65_536UL, 66_000UL);
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.Throws<OperationCanceledException>(() => TiledLog.Open(folder.Root).Verify(null, ended.Token));
    }

    private static void Damage(ProductFolder folder, string path, Func<byte[], byte[]>? change, string reason)
    {
        var bytes = File.ReadAllBytes(folder.At(path));
        if (change is null)
            File.Delete(folder.At(path));
        else
            File.WriteAllBytes(folder.At(path), change(bytes));
        var damage = Assert.Throws<LogDamageException>(() => TiledLog.Open(folder.Root).Verify(null, CancellationToken.None));
        Assert.Contains(reason, damage.Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder.At(path), bytes);
        TiledLog.Open(folder.Root).Verify(null, CancellationToken.None);
    }

    private static void Write(string folder, int from, int to)
    {
        var writer = new TileWriter(folder, (ulong)from);
        for (var i = from; i < to; i++)
            writer.Add(Entry(i));
        writer.Flush();
        var text = new Checkpoint("example.com/log", writer.Size, writer.Root()).ToString();
        File.WriteAllText(Path.Join(folder, "checkpoint"), new SignedNote(text, [Key.Sign(text)]).ToString());
    }

    private static byte[] Entry(int index) => Encoding.UTF8.GetBytes(index.ToString(CultureInfo.InvariantCulture));

    private sealed class Listener(List<ulong> told) : IProgress<ulong>
    {
        public void Report(ulong value) => told.Add(value);
    }
}
