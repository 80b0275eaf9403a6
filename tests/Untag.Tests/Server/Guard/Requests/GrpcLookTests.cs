using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Untag.Policy;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Requests;

namespace Untag.Tests.Server.Guard.Requests;

/// <summary>Messages of gRPC are looked at without descriptors, whole, before they are passed on.</summary>
public sealed class GrpcLookTests
{
    private static readonly FieldJudge Judge = new(new AskingTerms(TagPolicy.Default), new ReplyWords(ReplyRules.Of(TagPolicy.Default)), namesLists: false);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_asks_for_nothing_passes_byte_for_byte()
    {
        var body = Frame(Text(1, "face-detection"), Nested(2, Text(1, "age")), [0x18, 0x2a]);
        Assert.Equal(body, await PassedAsync(Look(body)));
    }

    [Theory]
    [InlineData("ethnicity-demographics-recognition", "UT0111")]
    [InlineData("ethnicity", "UT0102")]
    public async Task A_text_that_asks_is_found_however_deep_it_lies(string text, string rule)
    {
        for (var depth = 0; depth < 5; depth++)
        {
            var field = Text(3, text);
            for (var i = 0; i < depth; i++)
                field = Nested(1, field);
            var look = Look(Frame(field));
            await Assert.ThrowsAsync<InvalidDataException>(() => PassedAsync(look));
            Assert.Equal([rule], look.Asked!.Rules);
        }
    }

    [Fact]
    public async Task Of_a_message_that_is_refused_no_byte_passes_and_those_before_it_do()
    {
        byte[] first = Frame(Text(1, "age"));
        var look = Look([.. first, .. Frame(Text(1, "ethnicity"))]);
        var passed = new MemoryStream();
        await Assert.ThrowsAsync<InvalidDataException>(() => look.CopyToAsync(passed, Ending));
        Assert.Equal(first, passed.ToArray());
    }

    [Fact]
    public async Task A_message_that_is_packed_cut_or_too_large_is_refused()
    {
        var packed = Frame(Text(1, "age"));
        packed[0] = 1;
        var look = Look(packed);
        await Assert.ThrowsAsync<InvalidDataException>(() => PassedAsync(look));
        Assert.Equal("encoding", look.Asked!.Reason);
        look = Look(Frame(Text(1, new string('a', 2000))));
        await Assert.ThrowsAsync<InvalidDataException>(() => PassedAsync(look));
        Assert.Equal("limit", look.Asked!.Reason);
        await Assert.ThrowsAsync<EndOfStreamException>(() => PassedAsync(Look(Frame(Text(1, "age"))[..^1])));
    }

    [Theory]
    [InlineData("""{"attributes":["age"]}""", "message")]
    [InlineData("""{ "\u0009a":1}""", "message")]
    [InlineData("race, age", "message")]
    public async Task A_message_that_is_none_of_Protocol_Buffers_is_refused(string message, string reason)
    {
        var look = Look(Frame(Encoding.UTF8.GetBytes(message)));
        await Assert.ThrowsAsync<InvalidDataException>(() => PassedAsync(look));
        Assert.Equal(reason, look.Asked!.Reason);
    }

    // A brace begins a group, and a quotation mark a field of so many bytes as the letter behind it says.
    [Fact]
    public async Task JSON_that_can_be_read_as_a_message_is_read_as_JSON()
    {
        var json = """{"!a":1,"attributes":["race"]}      """u8.ToArray();
        Assert.True(WireReader.IsMessage(json));
        var look = Look(Frame(json));
        await Assert.ThrowsAsync<InvalidDataException>(() => PassedAsync(look));
        Assert.Equal("tag", look.Asked!.Reason);
    }

    [Fact]
    public void No_bytes_make_the_reader_fail() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var reader = new WireReader(bytes);
        var fields = 0;
        while (reader.Next(out _))
            fields++;
        Assert.True(fields <= bytes.Length);
    });

    private static GrpcLook Look(byte[] body) => new(new MemoryStream(body), Judge, new JsonLook(Judge, depthMax: 64), messageBytesMax: 1000);

    private static byte[] Frame(params byte[][] fields)
    {
        byte[] message = [.. fields.SelectMany(field => field)];
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private static byte[] Text(int number, string text) => Nested(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Nested(int number, byte[] content)
    {
        var length = new List<byte>();
        var rest = content.Length;
        for (; rest >= 0x80; rest >>= 7)
            length.Add((byte)((rest & 0x7f) | 0x80));
        length.Add((byte)rest);
        return [(byte)(number << 3 | 2), .. length, .. content];
    }

    private static async Task<byte[]> PassedAsync(GrpcLook look)
    {
        var passed = new MemoryStream();
        await look.CopyToAsync(passed, Ending);
        return passed.ToArray();
    }
}
