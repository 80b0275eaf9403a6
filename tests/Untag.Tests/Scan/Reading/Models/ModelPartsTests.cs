using System.Buffers.Binary;
using System.Text;
using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Models;

/// <summary>A head, a layer or a set of labels is one finding, which says what it is called.</summary>
public sealed class ModelPartsTests
{
    [Theory]
    [InlineData("onnx/trait-output.onnx", "layer fc_race", "output race")]
    [InlineData("caffe/trait-output.caffemodel", "layer fc_race", "output race")]
    [InlineData("network-text/trait-output.param", "layer fc_race", "output race")]
    [InlineData("tflite/trait-output.tflite", "output race")]
    [InlineData("tensorflow/trait-output/saved_model.pb", "output race")]
    [InlineData("hdf5/trait-layer.h5", "layer race")]
    [InlineData("pickle/trait-layer-before-2020.pth", "weights fc_race")]
    [InlineData("safetensors/trait-layer.safetensors", "weights fc_race")]
    [InlineData("onnx/trait-labels-in-tensor.onnx", "labels class_names")]
    public void Every_part_of_a_model_is_one_finding_wherever_it_is_named(string fixture, params string[] parts) =>
        Assert.Equal(parts, PartsIn(ModelFile.Scan(fixture)));

    [Fact]
    public void The_sizes_of_outputs_are_told_where_no_output_is_named() =>
        Assert.Equal(["output fc"], PartsIn(ModelFile.Scan("pickle/unnamed-head.pth")));

    [Fact]
    public void The_parts_of_a_layer_are_the_layer() =>
        Assert.Equal(
            ["weights module.race_head"],
            PartsIn("module.age_head.weight", "module.race_head.0.weight", "module.race_head.0.bias", "module.race_head.3.weight"));

    [Fact]
    public void Two_heads_of_one_name_are_two_findings() =>
        Assert.Equal(
            ["weights body.race", "weights face.race"],
            PartsIn(
                "face.age.weight", "face.gender.weight", "face.race.weight", "body.age.weight", "body.gender.weight",
                "body.race.weight"));

    [Fact]
    public void A_name_that_ends_as_another_one_is_not_that_one() =>
        Assert.Equal(
            ["weights fc_race", "weights race"],
            PartsIn("age.weight", "gender.weight", "race.weight", "fc_age.weight", "fc_gender.weight", "fc_race.weight"));

    private static IEnumerable<string?> PartsIn(params string[] weights) =>
        PartsIn(ModelFile.ScanBytes(("face_attributes.safetensors", Safetensors(weights))));

    private static IEnumerable<string?> PartsIn(ScanReport report) => report.Findings.Select(finding => finding.Inner);

    private static byte[] Safetensors(string[] names)
    {
        var weights = names.Select(name => $$"""  "{{name}}": {"dtype": "F32", "shape": [3, 1], "data_offsets": [0, 12]}  """);
        var header = Encoding.UTF8.GetBytes($"{{{string.Join(',', weights)}}}");
        var file = new byte[8 + header.Length + 12];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }
}
