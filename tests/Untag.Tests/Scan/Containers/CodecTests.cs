using Untag.Scan;
using Untag.Scan.Containers;
using Untag.Scan.Containers.Codecs;
using Untag.Tests.Scan.Reading;

namespace Untag.Tests.Scan.Containers;

/// <summary>Decoders of our own, on bytes that nobody vouches for.</summary>
public sealed class CodecTests
{
    [Fact]
    public void Many_bzip2_files_in_a_row_share_their_room()
    {
        var one = Fixture.Bytes("containers/api.py.bz2");
        var many = Enumerable.Repeat(one, 1024 * 1024 / one.Length).SelectMany(bytes => bytes).ToArray();
        many[^(one.Length / 2)] ^= 1; // the last is damaged
        var before = GC.GetAllocatedBytesForCurrentThread();
        var stream = new Bzip2Stream(new MemoryStream(many));
        Assert.Throws<DamageException>(() => stream.CopyTo(Stream.Null));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    [Theory]
    [InlineData("blocks-none.tar.xz")]
    [InlineData("blocks-crc32.tar.xz")]
    [InlineData("blocks-crc64.tar.xz")]
    [InlineData("blocks-sha256.tar.xz")]
    [InlineData("jumps-x86.tar.xz")]
    [InlineData("blob-bzip2")]
    [InlineData("api.py.bz2")]
    public void Damage_ends_as_damage_or_changes_nothing(string fixture)
    {
        var whole = Fixture.Bytes($"containers/{fixture}");
        var expected = Unpacked(fixture, whole);
        var random = new Random(20261123);
        var passed = 0;
        for (var round = 0; round < 300; round++)
        {
            var bytes = whole.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                passed += Unpacked(fixture, bytes).AsSpan().SequenceEqual(expected) ? 0 : 1;
            }
            catch (DamageException damage)
            {
                Assert.DoesNotContain('\n', damage.Message);
            }
        }

        // Without a check, changed bytes can look like others.
        Assert.True(passed == 0 || fixture == "blocks-none.tar.xz", $"{passed} damaged copies pass as whole");
    }

    [Theory]
    [InlineData("blob-xz")]
    [InlineData("blob-bzip2")]
    public void What_follows_the_end_is_damage(string fixture)
    {
        byte[] longer = [.. Fixture.Bytes($"containers/{fixture}"), .. "some other bytes"u8];
        var damage = Assert.Throws<DamageException>(() => Unpacked(fixture, longer));
        Assert.Equal(DamageException.Behind, damage.Message);
    }

    [Fact]
    public void A_reference_beyond_what_was_unpacked_is_damage()
    {
        var window = new LzmaWindow();
        window.Empty(uint.MaxValue, CheckedStream.NotKnown);
        window.Put(1);
        Assert.Equal(1, window.Back(0));
        Assert.Equal(DamageException.Damaged, Assert.Throws<DamageException>(() => window.Back(1)).Message);
    }

    [Fact]
    public void A_reference_beyond_what_is_kept_says_so()
    {
        var window = new LzmaWindow();
        window.Empty(uint.MaxValue, CheckedStream.NotKnown);
        for (var i = 0; i <= LzmaWindow.BytesMax; i++)
            window.Put((byte)(i & 0x7F));
        Assert.Equal(1, window.Back(LzmaWindow.BytesMax - 1));
        Assert.Contains(
            "further than 64 MiB", Assert.Throws<DamageException>(() => window.Back(LzmaWindow.BytesMax)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_window_of_a_large_file_leaves_little_garbage()
    {
        var output = new byte[1024 * 1024];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var window = new LzmaWindow();
        window.Empty(uint.MaxValue, CheckedStream.NotKnown);
        window.Put(0);
        while (window.Total < LzmaWindow.BytesMax)
            window.Repeat(0, output);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3L * LzmaWindow.BytesMax / 2);
    }

    [Fact]
    public void What_is_put_in_once_more_is_what_stood_there()
    {
        const int Dictionary = 70_000; // soon the window starts over
        var random = new Random(20261129);
        var window = new LzmaWindow();
        window.Empty(Dictionary, CheckedStream.NotKnown);
        var all = new List<byte>();
        for (var round = 0; round < 3000; round++)
        {
            var b = (byte)random.Next(256);
            window.Put(b);
            all.Add(b);
            var distance = random.Next(Math.Min(all.Count, random.Next(2) == 0 ? 4 : Dictionary));
            var output = new byte[random.Next(1, 300)];
            window.Repeat((uint)distance, output);
            foreach (var repeated in output)
            {
                all.Add(all[all.Count - 1 - distance]);
                Assert.Equal(all[^1], repeated);
            }
        }
    }

    private static byte[] Unpacked(string fixture, byte[] bytes)
    {
        var kind = fixture.Contains("bz", StringComparison.Ordinal) ? ContainerKind.Bzip2 : ContainerKind.Xz;
        using var unpacked = Compressed.Open(kind, new MemoryStream(bytes), new ReadingBudget(ScanLimits.Default))!;
        var content = new MemoryStream();
        unpacked.CopyTo(content);
        return content.ToArray();
    }
}
