using System.Text;
using Untag.Scan;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Models;

public sealed class PickleReaderTests
{
    private const string Groups = "White, Black, Asian, Indian";
    private const string SortedGroups = "Asian, Black, Indian, White";

    public static TheoryData<int> Protocols => [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_list_of_labels_is_found_in_every_protocol(int protocol) =>
        ModelFile.AssertTag(
            $"pickle/trait-labels-protocol-{protocol}.pkl", FindingKind.LabelMap, "labels face_labels", Groups);

    [Theory]
    [MemberData(nameof(Protocols))]
    public void The_classes_of_a_classifier_are_found_in_every_protocol(int protocol) =>
        ModelFile.AssertTag($"pickle/classifier-protocol-{protocol}.pkl", FindingKind.LabelMap, "labels classes_", SortedGroups);

    [Theory]
    [InlineData("pickle/classifier.joblib")]
    [InlineData("pickle/classifier-zlib.joblib")]
    public void The_classes_that_joblib_writes_behind_the_pickle_are_found(string fixture) =>
        ModelFile.AssertTag(fixture, FindingKind.LabelMap, "labels classes_", SortedGroups);

    [Fact]
    public void An_array_of_objects_is_a_pickle_inside_of_joblibs() =>
        ModelFile.AssertTag("pickle/objects.joblib", FindingKind.LabelMap, "labels encoder", Groups);

    [Theory]
    [InlineData("pickle/clean.pkl")]
    [InlineData("pickle/clean.joblib")]
    [InlineData("pickle/clean.pt")]
    public void The_same_without_the_tag_is_clean(string fixture) => ModelFile.AssertClean(fixture);

    [Fact]
    public void A_layer_named_after_the_trait_is_found_in_the_weights_of_PyTorch()
    {
        ModelFile.AssertTag("pickle/trait-layer-before-2020.pth", FindingKind.ModelOutput, "weights fc_race", "race");
        ModelFile.AssertTag("pickle/trait-layer.pt", FindingKind.ModelOutput, "weights fc_race", "race");
        Assert.Contains(
            ModelFile.Scan("pickle/trait-layer.pt").Findings,
            finding => finding.Path.EndsWith("trait-layer.pt!/trait-layer/data.pkl", StringComparison.Ordinal));
    }

    [Fact]
    public void A_layer_named_after_the_trait_is_found_in_the_code_and_the_weights_of_TorchScript()
    {
        var paths = ModelFile.Scan("pickle/trait-torchscript.pt").Findings
            .Where(finding => finding.Level == Level.Error).Select(finding => finding.Path.Split("!/")[^1]).ToHashSet();
        Assert.Superset(new HashSet<string> { "trait-torchscript/code/__torch__.py", "trait-torchscript/data.pkl" }, paths);
    }

    [Fact]
    public void A_weight_stands_on_the_row_of_its_layer()
    {
        var weights = Assert.Single(
            ModelFile.Read("pickle/trait-layer-before-2020.pth").Passages, passage => passage.Inner == "weights");
        Assert.Equal(
            [(1, "backbone.conv1.weight"), (2, "fc_age.weight"), (2, "fc_age.bias"), (3, "fc_gender.weight"),
             (3, "fc_gender.bias"), (4, "fc_race.weight"), (4, "fc_race.bias")],
            weights.Tokens.Select(token => (token.Line, token.Text.ToString())));
    }

    [Fact]
    public void The_outputs_are_the_linear_layers_that_feed_no_other() =>
        Assert.Equal([new OutputHead("fc", 18)], ModelFile.Read("pickle/unnamed-head.pth").Heads);

    [Theory]
    [InlineData("pickle/table-protocol-0.pkl")]
    [InlineData("pickle/table-protocol-4.pkl")]
    [InlineData("pickle/table-protocol-5.pkl")]
    [InlineData("pickle/table-categories.pkl")]
    public void Of_a_table_the_columns_are_read_and_never_a_row(string fixture)
    {
        var read = ModelFile.Read(fixture);
        Assert.Equal(["full_name", "race", "age"], ModelFile.Texts(read, "columns"));
        Assert.DoesNotContain(
            read.Passages.SelectMany(passage => passage.Tokens),
            token => token.Text.ToString() is "Person One" or "Person Two" or "id-one" or "id-two");
    }

    [Fact]
    public void Of_a_column_of_categories_the_values_it_can_have_are_read() =>
        Assert.Equal(["Asian", "White"], ModelFile.Texts(ModelFile.Read("pickle/table-categories.pkl"), "labels of a column"));

    // cos.system('true') as any unpickler would run it.
    [Fact]
    public void A_call_is_kept_as_names_and_nothing_runs()
    {
        var read = ModelFile.Read("a.pkl", [.. "cposix\nsystem\n(S'exit 3'\ntR."u8]);
        Assert.Null(read.Problem);
        Assert.Equal(["posix.system"], ModelFile.Texts(read, "classes"));
    }

    [Theory]
    [InlineData("(lp0\nS'White'\np1\naS'\\xe7\\x99\\xbd'\np2\na.", "White", "白")]
    [InlineData("(lp0\nV\\u767d\np1\naVrace\np2\na.", "白", "race")]
    public void Texts_of_Python_2_are_decoded(string pickle, string first, string second) =>
        Assert.Equal([first, second], ModelFile.Texts(ModelFile.Read("a.pkl", Encoding.Latin1.GetBytes(pickle)), "labels"));

    [Theory]
    [InlineData("\u0080\u0004]\u0094(\u008c\u0004race0e.")]
    [InlineData("\u0080\u0004\u008c\u0004raceN.")]
    public void What_is_built_and_thrown_away_is_read_too(string pickle) =>
        Assert.Contains(
            ModelFile.Read("a.bin", Encoding.Latin1.GetBytes(pickle)).Passages.SelectMany(passage => passage.Tokens),
            token => token.Text.ToString() == "race");

    [Fact]
    public void A_list_that_holds_itself_ends() =>
        Assert.Null(ModelFile.Read("a.pkl", [0x80, 4, (byte)']', 0x94, (byte)'h', 0, (byte)'a', (byte)'.']).Problem);

    [Fact]
    public void Lists_inside_each_other_end_however_many_they_are()
    {
        byte[] bytes = [0x80, 4, .. Enumerable.Repeat((byte)']', 100_000), .. Enumerable.Repeat((byte)'a', 99_999), (byte)'.'];
        Assert.Null(ModelFile.Read("a.pkl", bytes).Problem);
    }

    [Fact]
    public void What_stands_behind_the_last_pickle_is_stated() =>
        Assert.Contains(
            "behind its last pickle", ModelFile.Read("a.pkl", [0x80, 4, (byte)'N', (byte)'.', 1, 2, 3]).Problem,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("a.txt", "(see the notes)\npage 3\n")]
    [InlineData("a.py", "import race\n")]
    [InlineData("a.txt", "class Race\nclass Face\n")]
    [InlineData("a.css", "}\n")]
    [InlineData("a.txt", "(l.")]
    public void A_text_is_no_pickle(string path, string text) =>
        Assert.Null(Readers.OfBinary(path, Encoding.UTF8.GetBytes(text)));
}
