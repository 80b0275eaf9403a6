using Untag.Scan;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Models;

public sealed class OnnxReaderTests
{
    [Fact]
    public void An_output_named_after_the_trait_is_found() =>
        ModelFile.AssertTag("onnx/trait-output.onnx", FindingKind.ModelOutput, "output race", "race");

    [Fact]
    public void Labels_in_a_string_tensor_are_found() =>
        ModelFile.AssertTag(
            "onnx/trait-labels-in-tensor.onnx", FindingKind.LabelMap, "labels class_names", "White, Black, Asian, Indian");

    [Fact]
    public void Labels_in_the_metadata_are_found_although_they_are_written_as_Python() =>
        ModelFile.AssertTag(
            "onnx/trait-labels-in-metadata.onnx", FindingKind.LabelMap, "metadata names", "White, Black, Asian, Indian");

    [Fact]
    public void The_same_model_without_the_tag_is_clean() => ModelFile.AssertClean("onnx/clean.onnx");

    [Fact]
    public void Every_family_of_names_is_a_passage_of_its_own()
    {
        var read = ModelFile.Read("onnx/trait-output.onnx");
        Assert.Null(read.Problem);
        Assert.All(read.Passages, passage => Assert.Equal((PassageKind.Model, true), (passage.Kind, passage.LinesAreEntries)));
        Assert.Equal(["age", "gender", "race"], ModelFile.Texts(read, "outputs"));
        Assert.Equal(["features"], ModelFile.Texts(read, "inputs"));
        Assert.Equal(["fc_age.weight", "fc_gender.weight", "fc_race.weight"], ModelFile.Texts(read, "weights"));
        Assert.Equal(["input", "face crop"], ModelFile.Texts(read, "metadata input"));
        Assert.Equal(
            ["age", "/fc_age/MatMul", "gender", "/fc_gender/MatMul", "race", "/fc_race/MatMul"],
            ModelFile.Texts(read, "layers"));
    }

    [Fact]
    public void The_outputs_are_told_with_their_sizes() =>
        Assert.Equal(
            [new OutputHead("age", 9), new OutputHead("gender", 2), new OutputHead("race", 7)],
            ModelFile.Read("onnx/trait-output.onnx").Heads);

    [Fact]
    public void The_labels_of_one_tensor_are_one_list() =>
        Assert.Single(ModelFile.Groups(ModelFile.Read("onnx/trait-labels-in-tensor.onnx"), "labels class_names"));

    [Fact]
    public void A_pointer_of_Git_LFS_is_not_taken_for_the_model()
    {
        var read = ModelFile.Read("a.onnx", [.. "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"u8]);
        Assert.Contains("git lfs pull", read.Problem, StringComparison.Ordinal);
    }
}
