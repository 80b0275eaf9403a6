using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Interfaces;

public sealed class DescriptorSetReaderTests
{
    private const string File = "interfaces/face.binpb";

    [Fact]
    public void A_set_of_descriptors_is_read_as_the_definition_that_it_was_made_from()
    {
        var compiled = Assert.Single(Fixture.Read(File).Passages);
        var source = Assert.Single(Fixture.Read("interfaces/face.proto").Passages);
        Assert.Equal((PassageKind.Code, true), (compiled.Kind, compiled.LinesAreEntries));
        Assert.Equal(NamesOf(source), NamesOf(compiled));
    }

    [Theory]
    [InlineData("age", "message FaceAttributes")]
    [InlineData("Years.", "message FaceAttributes")]
    [InlineData("as the model says", "message FaceAttributes")]
    [InlineData("CAUCASIAN", "enum FaceAttributes.Ethnicity")]
    [InlineData("with_ethnicity", "message DetectRequest")]
    [InlineData("Finds faces.", "service FaceService")]
    [InlineData("Finds the faces of one picture.", "rpc FaceService.Detect")]
    public void Fields_values_and_comments_are_read(string text, string inner)
    {
        var passage = Assert.Single(Fixture.Read(File).Passages);
        var token = Assert.Single(passage.Tokens, token => token.Text.ToString() == text);
        Assert.Equal(inner, passage.InnerOf(token));
    }

    [Fact]
    public void The_entries_that_the_compiler_makes_of_a_map_are_left_out() =>
        Assert.DoesNotContain("ScoresEntry", Fixture.Texts(File));

    [Fact]
    public void A_name_of_its_own_on_the_wire_is_read()
    {
        // A file with one message with one field `r` that is called `race` in JSON.
        byte[] field = [0x0A, 1, (byte)'r', 0x52, 4, .. "race"u8];
        byte[] message = [0x0A, 1, (byte)'M', 0x12, (byte)field.Length, .. field];
        byte[] file = [0x0A, 7, .. "a.proto"u8, 0x22, (byte)message.Length, .. message];
        Assert.Equal(["M", "r", "race"], Fixture.Texts(Fixture.Read("a.pb", [0x0A, (byte)file.Length, .. file])));
    }

    [Theory]
    [InlineData("onnx/clean.onnx", "ONNX")]
    [InlineData("tensorflow/trait-output-frozen.pb", "TensorFlow")]
    [InlineData("coreml/clean.mlmodel", "Core ML")]
    [InlineData("caffe/clean.caffemodel", "Caffe")]
    [InlineData("interfaces/face.binpb", "Protocol Buffers descriptor set")]
    public void No_other_message_is_taken_for_one(string file, string reader) =>
        Assert.StartsWith(reader, Readers.OfBinary(file, Fixture.Bytes(file))?.Name, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\u0009\n\u0007a.proto")]
    [InlineData("\n\nface.proto is a file\n")]
    [InlineData("\n\n\n\n\n")]
    public void A_text_that_begins_with_an_empty_line_is_not_taken_for_one(string text) =>
        Assert.Equal(
            text.Length == 11, new Untag.Scan.Reading.Interfaces.DescriptorSetReader().Recognises("a.txt", System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_set_that_is_cut_off_is_reported() => Fixture.AssertEveryCutIsReported(File, Fixture.Bytes(File).Length, shortest: 64);

    [Fact]
    public void Damage_is_borne() => Fixture.AssertDamageIsBorne(File);

    private static string?[] NamesOf(Passage passage) =>
        [.. passage.Sections.Select(section => section.Inner).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
