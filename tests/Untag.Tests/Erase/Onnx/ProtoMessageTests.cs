using CsCheck;
using Untag.Erase.Onnx;

namespace Untag.Tests.Erase.Onnx;

/// <summary>Messages that keep the bytes that nobody changes.</summary>
public sealed class ProtoMessageTests
{
    private static readonly Gen<byte[]> AnyMessage = Gen.OneOf(
        Gen.Select(Gen.Int[1, 500], Gen.ULong, (number, value) => (byte[])[.. Tag(number, 0), .. ProtoField.Varint(value)]),
        Gen.Select(Gen.Int[1, 500], Gen.ULong, (number, value) => (byte[])[.. Tag(number, 1), .. BitConverter.GetBytes(value)]),
        Gen.Select(Gen.Int[1, 500], Gen.Byte.Array[0, 300], (number, bytes) => (byte[])[.. Tag(number, 2), .. ProtoField.Varint((ulong)bytes.Length), .. bytes]),
        Gen.Select(Gen.Int[1, 500], Gen.UInt, (number, value) => (byte[])[.. Tag(number, 5), .. BitConverter.GetBytes(value)]))
        .Array[0, 12].Select(fields => fields.SelectMany(field => field).ToArray());

    [Fact]
    public void Any_message_is_written_as_it_was_read() =>
        AnyMessage.Sample(bytes => Written(ProtoMessage.Read(bytes)).SequenceEqual(bytes));

    [Fact]
    public void Numbers_that_are_spelt_longer_than_they_need_be_stay_so_beside_what_is_changed()
    {
        byte[] bytes = [0x08, 0x81, 0x80, 0x00, 0x12, 0x01, (byte)'a', 0xF8, 0x07, 0x01];
        var changed = ProtoMessage.Read(bytes).Changed(field => field.Is(2) ? ProtoField.Of(2, "bcd") : null)!;
        Assert.Equal([0x08, 0x81, 0x80, 0x00, 0x12, 0x03, (byte)'b', (byte)'c', (byte)'d', 0xF8, 0x07, 0x01], Written(changed));
        Assert.Equal(changed.Length, Written(changed).Length);
    }

    [Theory]
    [InlineData(new byte[] { 0x08 })] // a number that does not come
    [InlineData(new byte[] { 0x12, 0x05, 0x01 })] // a text of five bytes of which one is there
    [InlineData(new byte[] { 0x0B })] // a group: ONNX has none
    [InlineData(new byte[] { 0x00, 0x00 })] // field 0
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })] // a number without an end
    public void What_is_no_message_is_not_read(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => ProtoMessage.Read(bytes));

    private static byte[] Tag(int number, int type) => [.. ProtoField.Varint((ulong)((number * 8) + type))];

    private static byte[] Written(ProtoMessage message)
    {
        using var output = new MemoryStream();
        message.WriteTo(output);
        return output.ToArray();
    }
}
