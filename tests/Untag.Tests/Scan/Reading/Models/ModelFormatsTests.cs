using System.IO.Compression;
using Untag.Scan;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Models;

/// <summary>What each format of models says, from the file to the finding. ONNX and pickle have tests of their own.</summary>
public sealed class ModelFormatsTests
{
    private const string Groups = "White, Black, Asian, Indian";

    [Theory]
    [InlineData("hdf5/trait-layer.h5", "layer race")]
    [InlineData("hdf5/trait-layer-latest.h5", "layer race")]
    [InlineData("hdf5/trait-layer-dense-index.h5", "layer race")]
    [InlineData("safetensors/trait-layer.safetensors", "weights fc_race")]
    [InlineData("tflite/trait-output.tflite", "output race")]
    [InlineData("tensorflow/trait-output/saved_model.pb", "output race")]
    [InlineData("tensorflow/trait-output-frozen.pb", "layer race")]
    [InlineData("tensorflow/keras/keras_metadata.pb", "configuration, race")]
    [InlineData("caffe/trait-output.caffemodel", "output race")]
    [InlineData("network-text/trait-output.prototxt", "output race")]
    [InlineData("network-text/trait-output.param", "output race")]
    [InlineData("network-text/trait-output.keras.json", "output race")]
    [InlineData("network-text/trait-labels.tfjs.json", "output race")]
    public void An_output_or_layer_named_after_the_trait_is_found(string fixture, string inner) =>
        ModelFile.AssertTag(fixture, FindingKind.ModelOutput, inner, "race");

    [Theory]
    [InlineData("hdf5/trait-labels.h5", "attribute labels")]
    [InlineData("safetensors/trait-labels.safetensors", "metadata id2label")]
    [InlineData("gguf/trait-labels.gguf", "labels face.labels")]
    [InlineData("tflite/trait-labels-packed.tflite", "packed file labels.txt")]
    [InlineData("tensorflow/trait-labels/saved_model.pb", "labels class_names")]
    [InlineData("tensorflow/trait-labels-frozen.pb", "labels class_names")]
    [InlineData("coreml/trait-labels.mlmodel", "labels")]
    [InlineData("coreml/trait-labels-metadata.mlmodel", "metadata classes")]
    [InlineData("network-text/trait-labels.tfjs.json", "metadata")]
    public void Labels_that_are_groups_are_found(string fixture, string inner) =>
        ModelFile.AssertTag(fixture, FindingKind.LabelMap, inner, Groups);

    [Theory]
    [InlineData("hdf5/clean.h5")]
    [InlineData("safetensors/clean.safetensors")]
    [InlineData("gguf/clean.gguf")]
    [InlineData("tflite/clean.tflite")]
    [InlineData("tensorflow/clean/saved_model.pb")]
    [InlineData("coreml/clean.mlmodel")]
    [InlineData("caffe/clean.caffemodel")]
    [InlineData("network-text/clean.prototxt")]
    [InlineData("network-text/clean.param")]
    [InlineData("network-text/clean.keras.json")]
    public void The_same_model_without_the_tag_is_clean(string fixture) => ModelFile.AssertClean(fixture);

    [Theory]
    [InlineData("hdf5/trait-layer.h5", "model_weights/age/age", "model_weights/gender/gender", "model_weights/race/race")]
    [InlineData("safetensors/trait-layer.safetensors", "fc_age", "fc_gender", "fc_race")]
    [InlineData("tflite/trait-output.tflite", "age", "gender", "race")]
    [InlineData("tensorflow/trait-output/saved_model.pb", "age", "gender", "race")]
    [InlineData("caffe/trait-output.caffemodel", "age", "gender", "race")]
    public void The_outputs_are_told_with_their_sizes(string fixture, params string[] names) =>
        Assert.Equal(
            [new OutputHead(names[0], 9), new OutputHead(names[1], 2), new OutputHead(names[2], 7)],
            ModelFile.Read(fixture).Heads);

    [Theory]
    [InlineData("network-text/trait-output.prototxt")]
    [InlineData("network-text/trait-output.param")]
    public void The_outputs_of_a_network_written_as_text_are_told_with_their_sizes(string fixture) =>
        Assert.Equal(
            [new OutputHead("age", 9), new OutputHead("gender", 2), new OutputHead("race", 7)],
            Readers.Read(fixture, ModelFile.Bytes(fixture)).Heads);

    [Fact]
    public void The_head_of_a_classifier_of_Core_ML_is_as_large_as_its_labels_are_many() =>
        Assert.Equal([new OutputHead("scores", 4)], ModelFile.Read("coreml/trait-labels.mlmodel").Heads);

    [Fact]
    public void The_words_of_a_tokenizer_are_not_read() =>
        Assert.DoesNotContain(
            ModelFile.Read("gguf/trait-labels.gguf").Passages,
            passage => passage.Inner!.Contains("tokenizer", StringComparison.Ordinal));

    [Fact]
    public void A_vocabulary_is_no_list_of_labels()
    {
        var words = Enumerable.Range(0, 6000).Select(number => $"word{number}").Concat(["White", "Black", "Asian", "Indian"]);
        var pickle = string.Concat(["(lp0\n", .. words.Select(word => $"V{word}\na"), "."]);
        var report = ModelFile.ScanBytes(("vocabulary.pkl", System.Text.Encoding.UTF8.GetBytes(pickle)));
        Assert.True(report.Verdict == ScanVerdict.Clean, Product.Describe(report));
    }

    [Theory]
    [InlineData("network-text/config.json", "config.json")]
    [InlineData("network-text/trait-labels.pmml", "trait-labels.pmml")]
    [InlineData("network-text/trait-labels.openvino.xml", "trait-labels.openvino.xml")]
    public void Labels_in_a_description_that_is_JSON_or_XML_are_found(string fixture, string name) =>
        Assert.Contains(
            ModelFile.Scan(fixture).Findings,
            finding => finding is { Level: Level.Error, Kind: FindingKind.LabelMap }
                && finding.Path.EndsWith(name, StringComparison.Ordinal));

    [Theory]
    [InlineData("a.onnx")]
    [InlineData("a.tflite")]
    [InlineData("a.safetensors")]
    [InlineData("a.mlmodel")]
    [InlineData("a.caffemodel")]
    public void A_file_that_is_called_a_model_and_is_none_is_a_problem(string path)
    {
        Assert.Contains("empty", ModelFile.Read(path, []).Problem, StringComparison.Ordinal);
        Assert.Contains(
            "its bytes are not one", ModelFile.Read(path, [.. "nothing of the kind"u8]).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_written_as_text_that_is_cut_off_is_a_problem()
    {
        var prototxt = ModelFile.Bytes("network-text/trait-output.prototxt");
        Assert.Contains(
            "braces", Readers.Read("a.prototxt", prototxt.AsSpan(0, prototxt.Length - 9)).Problem!, StringComparison.Ordinal);
        var param = ModelFile.Bytes("network-text/trait-output.param");
        Assert.Contains(
            "4 layers", Readers.Read("a.param", param.AsSpan(0, param.Length - 60)).Problem, StringComparison.Ordinal);
    }

    // A file of Keras 3: a ZIP archive with the configuration and the weights.
    [Fact]
    public void The_configuration_and_the_weights_of_a_keras_archive_are_read()
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "config.json", [.. """{"layers": [{"name": "age"}, {"name": "gender"}, {"name": "race"}]}"""u8]);
            Add(zip, "model.weights.h5", ModelFile.Bytes("hdf5/trait-layer.h5"));
        }

        var report = ModelFile.ScanBytes(("face.keras", archive.ToArray()));
        Assert.Contains(report.Findings, finding => finding is { Path: "face.keras!/config.json", Level: Level.Error });
        Assert.Contains(
            report.Findings,
            finding => finding is { Path: "face.keras!/model.weights.h5", Level: Level.Error, Inner: "layer race" });
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using var content = zip.CreateEntry(name).Open();
        content.Write(bytes);
    }
}
