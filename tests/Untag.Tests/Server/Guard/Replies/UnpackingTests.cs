using System.IO.Compression;
using System.Text;
using Untag.Server.Guard.Replies;
using ZstdSharp;

namespace Untag.Tests.Server.Guard.Replies;

public sealed class UnpackingTests
{
    private static readonly byte[] Reply = Encoding.UTF8.GetBytes("""{"age":31,"race":"x","id":[1,2,3]}""");

    public static TheoryData<string> Packings => ["gzip", "x-gzip", "GZIP", "br", "deflate", "raw deflate", "zstd", "identity", "identity, gzip"];

    [Theory]
    [MemberData(nameof(Packings))]
    public void A_packed_reply_is_unpacked_and_goes_on_without_its_tag(string packing)
    {
        var packed = Pack(Reply, packing);
        for (var piece = 1; piece <= packed.Length; piece += 7)
        {
            var filtered = Filtered.Of(Head(packing), packed, limits: null, piece);
            Assert.Equal("""{"age":31,"id":[1,2,3]}""", filtered.Text);
        }
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("br, gzip")]
    [InlineData("compress")]
    [InlineData("aes128gcm")]
    [InlineData("zstd;level=3")]
    public void Packed_twice_or_in_an_unknown_way_is_refused(string encoding) =>
        Assert.Equal(RefusalReason.Encoding, Filtered.Of(Head(encoding), Pack(Reply, "gzip")).Reason);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public void A_packed_reply_that_is_cut_or_damaged_is_refused(string packing)
    {
        var packed = Pack(Reply, packing);
        for (var length = 1; length < packed.Length; length += 5)
        {
            var cut = Filtered.Of(Head(packing), packed[..length]);
            Assert.Contains(cut.Reason, new[] { RefusalReason.Encoding, RefusalReason.Malformed });
            Assert.Empty(cut.Bytes);
        }

        Assert.Equal(RefusalReason.Encoding, Filtered.Of(Head(packing), Reply).Reason);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public void A_reply_that_unpacks_to_far_more_than_it_is_ends(string packing)
    {
        var bomb = Pack(Encoding.UTF8.GetBytes("[" + new string(' ', 4 << 20) + "\"race\"]"), packing);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Head(packing), bomb).Reason);
    }

    [Fact]
    public void A_second_member_of_a_packed_reply_is_read_like_the_first()
    {
        byte[] two = [.. Pack("{\"age\":31,"u8.ToArray(), "gzip"), .. Pack("\"race\":\"x\"}"u8.ToArray(), "gzip")];
        Assert.Equal("""{"age":31}""", Filtered.Of(Head("gzip"), two).Text);
    }

    [Fact]
    public void What_the_upstream_throws_is_not_taken_for_damage()
    {
        using var broken = new BrokenStream();
        var copying = new ReplyFilter(Filtered.Rules, ReplyLimits.Default)
            .CopyAsync(Head("gzip"), broken, Stream.Null, (_, _) => ValueTask.CompletedTask, CancellationToken.None);
        Assert.Throws<IOException>(() => copying.GetAwaiter().GetResult());
    }

    private static ReplyHead Head(string packing) =>
        Filtered.Json with { ContentEncodings = [packing.Replace("raw ", "", StringComparison.Ordinal)] };

    private static byte[] Pack(byte[] bytes, string packing)
    {
        using var packed = new MemoryStream();
        using (Stream packer = packing.ToLowerInvariant() switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "raw deflate" => new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "zstd" => new CompressionStream(packed, leaveOpen: true),
            "identity" => new BufferedStream(new Unclosed(packed)),
            _ => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        })
            packer.Write(bytes);
        return packed.ToArray();
    }

    private sealed class Unclosed(MemoryStream stream) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => stream.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => stream.Write(buffer);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("the connection is gone");
    }
}
