using System.Buffers.Binary;
using System.IO.Compression;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Grpc;
using Untag.Tests.Architecture;

namespace Untag.Tests.Server.Guard.Replies.Grpc;

public sealed class GrpcTests
{
    private const byte Plain = 0, Packed = 1, Trailers = 0x80;

    private static readonly GrpcDescriptors Descriptors = GrpcDescriptors.Read(Bytes("faces"))!;

    private static readonly ReplyHead Head = new()
    {
        MediaType = "application/grpc",
        Grpc = Descriptors.ReplyOf("/vision.v1.Faces/Detect"),
        GrpcEncoding = "gzip",
    };

    [Fact]
    public void Messages_lose_their_tags_in_every_shape_and_the_rest_is_the_same_bytes()
    {
        byte[] body = [.. Frame(Plain, Bytes("tagged")), .. Frame(Plain, Bytes("clean"))];
        byte[] expected = [.. Frame(Plain, Bytes("stripped")), .. Frame(Plain, Bytes("clean"))];
        for (var piece = 1; piece <= body.Length; piece += 3)
            Assert.Equal(expected, Filtered.Of(Head, body, limits: null, piece).Bytes);
        Assert.Contains("faces[].attributes.ethnicity", Filtered.Of(Head, body).Strips.Select(strip => strip.Where));
    }

    [Fact]
    public void Packed_messages_are_unpacked_and_stay_so()
    {
        var body = Frame(Packed, Gzip(Bytes("tagged")));
        Assert.Equal(Frame(Plain, Bytes("stripped")), Filtered.Of(Head, body).Bytes);
        Assert.Equal(RefusalReason.Encoding, Filtered.Of(Head with { GrpcEncoding = "snappy" }, body).Reason);
        Assert.Equal(RefusalReason.Encoding, Filtered.Of(Head, Frame(Packed, Bytes("tagged"))).Reason);
    }

    [Fact]
    public void What_the_definition_does_not_know_goes_however_deep_it_stands()
    {
        byte[] unknownInFace = [0x12, 0x04, 0x08, 0x07, 0x78, 0x05]; // faces { age: 7  15: 5 }
        byte[] unknown = [0x0A, 0x01, 0x61, 0x78, 0x05]; // request_id: "a"  15: 5
        Assert.Equal(Frame(Plain, [0x12, 0x02, 0x08, 0x07]), Filtered.Of(Head, Frame(Plain, unknownInFace)).Bytes);
        var filtered = Filtered.Of(Head, Frame(Plain, unknown));
        Assert.Equal(Frame(Plain, [0x0A, 0x01, 0x61]), filtered.Bytes);
        Assert.Equal("unknown-field", filtered.Strips.Single().Rules.Single());
    }

    [Fact]
    public void A_field_in_another_wire_type_is_not_known() =>
        Assert.Equal(Frame(Plain, []), Filtered.Of(Head, Frame(Plain, [0x08, 0x05])).Bytes); // request_id as a number

    [Theory]
    [InlineData(new byte[] { 0x0A, 0x01, 0x61, 0x0A, 0x01, 0x62 }, RefusalReason.DuplicateName)] // request_id twice
    [InlineData(new byte[] { 0x0A, 0x05, 0x61 }, RefusalReason.Malformed)]
    [InlineData(new byte[] { 0x0B, 0x0C }, RefusalReason.Malformed)] // a group
    [InlineData(new byte[] { 0x0A, 0x01, 0xFF }, RefusalReason.Charset)]
    [InlineData(new byte[] { 0x80, 0x80 }, RefusalReason.Malformed)]
    public void A_message_that_is_damaged_or_means_two_things_is_refused(byte[] message, RefusalReason reason) =>
        Assert.Equal(reason, Filtered.Of(Head, Frame(Plain, message)).Reason);

    [Fact]
    public void Without_descriptors_no_reply_passes()
    {
        Assert.Null(Descriptors.ReplyOf("/vision.v1.Faces/Search"));
        Assert.Null(GrpcDescriptors.Read("no descriptors"u8));
        Assert.Equal(RefusalReason.NoDescriptor, Filtered.Of(Head with { Grpc = null }, Frame(Plain, Bytes("clean"))).Reason);
    }

    [Fact]
    public void A_reply_that_ends_within_a_message_is_refused()
    {
        var body = Frame(Plain, Bytes("tagged"));
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, body[..^1]).Reason);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, body[..3]).Reason);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, Frame(0x04, [])).Reason);
    }

    [Fact]
    public void The_trailers_of_gRPC_Web_keep_the_status_alone()
    {
        var web = Head with { MediaType = "application/grpc-web+proto" };
        var body = Frame(Trailers, "grpc-status:0\r\ngrpc-message:race x\r\nrace:x\r\n"u8.ToArray());
        Assert.Equal(Frame(Trailers, "grpc-status:0\r\n"u8.ToArray()), Filtered.Of(web, body).Bytes);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, body).Reason);
    }

    private static byte[] Bytes(string name) =>
        File.ReadAllBytes(Repository.File("tests", "Untag.Tests", "Server", "Guard", "Replies", "Grpc", name + ".binpb"));

    private static byte[] Frame(byte flags, byte[] message)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
        return [flags, .. length, .. message];
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            packer.Write(bytes);
        return packed.ToArray();
    }
}
