using Untag.Audit;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;
using Untag.Erase;
using Untag.Erase.Onnx;
using Untag.Tests.Architecture;

namespace Untag.Tests.Erase.Onnx;

/// <summary>Maps in models that torch exported, run by ONNX Runtime.</summary>
public sealed class FoldedModelTests : IDisposable
{
    private const int People = 600, Inputs = 8, Width = 6;

    private readonly EmbeddingFiles files = new();
    private readonly List<double> images = [];

    public FoldedModelTests()
    {
        var random = new SeededRandom(9);
        files.With(People, 1, (_, _, _) => 0); // for the labels
        for (var i = 0; i < People; i++)
        {
            for (var at = 0; at < Inputs; at++)
                images.Add((double)(Half)(random.NextNormal() + (at < 2 ? 1.5 * (i % 2) : 0)));
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("gemm.onnx", "/fc/Gemm", 1e-5)]
    [InlineData("gemm-typed.onnx", "/fc/Gemm", 1e-5)]
    [InlineData("gemm-float64.onnx", "/fc/Gemm", 1e-12)]
    [InlineData("gemm-float16.onnx", "/fc/Gemm", 1e-2)]
    [InlineData("gemm-float16-typed.onnx", "/fc/Gemm", 1e-2)]
    [InlineData("matmul.onnx", "/fc/MatMul", 1e-5)]
    [InlineData("batch-norm.onnx", null, 1e-5)]
    public void What_the_model_gives_is_what_apply_makes_of_it(string name, string? layer, double within)
    {
        var (folded, map) = Folded(name);
        Assert.Equal(("embedding", layer), (folded.Output, folded.Layer));
        AssertErased(Given(name), Given(files["folded.onnx"]), map, within);
    }

    [Fact]
    public void A_map_as_a_model_of_its_own_gives_what_apply_makes()
    {
        var map = Fit("gemm.onnx");
        using (var output = File.Create(files["map.onnx"]))
            MapFile.Writer("map.onnx")(map, output);
        var given = Given("gemm.onnx");
        AssertErased(given, OnnxRun.Output(files["map.onnx"], "erased", given, People, Width), map, 1e-5);
        var model = new OnnxModel(File.ReadAllBytes(files["map.onnx"]));
        Assert.Contains("keep it like a key", model.Metadata("untag"), StringComparison.Ordinal);
        Assert.Equal(Width, model.WidthOf("erased"));
    }

    [Fact]
    public void Rows_of_rows_are_erased_too()
    {
        var (folded, map) = Folded("matmul-add.onnx", People / 2, 2, Inputs);
        Assert.Equal("/fc/MatMul", folded.Layer);
        AssertErased(Given("matmul-add.onnx", People / 2, 2, Inputs), Given(files["folded.onnx"], People / 2, 2, Inputs), map, 1e-5);
    }

    // Whose rows are of length 1 must say that a map may come behind them, or name the rows before.
    [Fact]
    public void Behind_rows_of_length_1_a_layer_is_appended_only_when_that_is_asked_for()
    {
        Fit("unit-norm.onnx");
        var problem = Assert.Throws<AuditInputException>(() => Fold("unit-norm.onnx", null, FoldPlace.Layer));
        Assert.Equal("`embedding` are rows brought to length 1: behind a map they are not any more", problem.Message);
        Assert.Contains("--output /fc/Gemm_output_0", problem.Hint, StringComparison.Ordinal);
        var folded = Fold("unit-norm.onnx", null, FoldPlace.Behind);
        Assert.Null(folded.Layer);
        AssertErased(Given("unit-norm.onnx"), Given(files["folded.onnx"]), MapFile.Read(files.Source("map.npz")), 1e-5);
    }

    [Fact]
    public void A_value_inside_the_model_is_erased_where_it_leads_to_one_output()
    {
        Fit("gemm.onnx"); // the same layers, without what comes behind
        Assert.Equal("/fc/Gemm", Fold("unit-norm.onnx", "/fc/Gemm_output_0", FoldPlace.Layer).Layer);
        var rows = Given(files["folded.onnx"]).Chunk(Width).ToList();
        var expected = Applied(Given("gemm.onnx"), MapFile.Read(files.Source("map.npz"))).Chunk(Width).ToList();
        foreach (var (row, erased) in rows.Zip(expected))
        {
            var length = Math.Sqrt(erased.Sum(x => x * x));
            Assert.All(row.Zip(erased), pair => Assert.InRange((pair.Second / length) - pair.First, -1e-5, 1e-5));
        }
    }

    [Fact]
    public void A_head_that_reads_the_embedding_reads_it_as_it_was()
    {
        Fit("with-head.onnx");
        Assert.Equal(
            "what the layer `/fc/Gemm` gives is used for `scores` too: folding would change more than `embedding`",
            Assert.Throws<AuditInputException>(() => Fold("with-head.onnx", "embedding", FoldPlace.Layer)).Message);
        Fold("with-head.onnx", "embedding", FoldPlace.Behind);
        AssertErased(Given("with-head.onnx"), Given(files["folded.onnx"]), MapFile.Read(files.Source("map.npz")), 1e-5);
        Assert.Equal(
            OnnxRun.Output(Path("with-head.onnx"), "scores", images, People, Inputs),
            OnnxRun.Output(files["folded.onnx"], "scores", images, People, Inputs));
    }

    // Where groups differ in their means alone a linear map takes out all there is, and every probe is content. Inputs this small leave
    // each ReLU on or off, so that the layers before do not turn means into anything else.
    [Fact]
    public void What_the_model_gives_passes_certify_where_groups_differ_in_their_means()
    {
        var (before, after) = Certified("gemm.onnx", size: 0.002);
        Assert.All(after.Probes, probe => Assert.Equal("holds", probe.Verdict));
        Assert.Equal(("holds", "model"), (after.Verdict, after.ErasedBy));
        Assert.All(before.Probes, probe => Assert.Equal("fails", probe.Verdict));
    }

    // ReLU turns means into shapes, which no linear map takes out: the certificate says so.
    [Fact]
    public void What_the_model_gives_passes_the_linear_probe_alone_where_groups_differ_in_their_shapes_too()
    {
        var (before, after) = Certified("matmul.onnx", size: 1);
        Assert.Equal(("fails", "holds"), (before.Probes[0].Verdict, after.Probes[0].Verdict));
        Assert.Equal("fails", after.Verdict);
    }

    // The certificate of the rows before and after the map is in the model.
    private static (ErasureCertificate Before, ErasureCertificate After) Certified(string model, double size)
    {
        using var people = new EmbeddingFiles();
        const int Many = 12_000;
        var random = new SeededRandom(5);
        people.With(Many, 1, (_, _, _) => 0);
        var many = Enumerable.Range(0, Many * Inputs)
            .Select(i => size * (random.NextNormal() + (i % Inputs < 2 ? 1.5 * (i / Inputs % 2) : 0))).ToList();
        people.Write("e.npy", Many, Width, OnnxRun.Output(Path(model), "embedding", many, Many, Inputs));
        using (var output = File.Create(people["map.npz"]))
            MapFile.Writer("map.npz")(Eraser.Fit(people.Request, Cancellation), output);
        using (var output = File.Create(people["folded.onnx"]))
            FoldedModel.Of(new FoldRequest(people.Source("map.npz"), new TableSource(Path(model), "m"), null, FoldPlace.Layer)).WriteTo(output);
        people.Write("given.npy", Many, Width, OnnxRun.Output(people["folded.onnx"], "embedding", many, Many, Inputs));
        var asked = new CertifyRequest { Map = people.Source("map.npz"), People = people.Request, ErasedBy = ErasedBy.Model };
        return (
            Certifier.Certify(asked, Cancellation),
            Certifier.Certify(asked with { People = people.Request with { Embedding = people.Source("given.npy") } }, Cancellation));
    }

    // Only the numbers of two weights are others; behind all stands one line of metadata.
    [Fact]
    public void Every_other_byte_of_the_model_stays_as_it_was()
    {
        Folded("gemm.onnx");
        byte[] before = File.ReadAllBytes(Path("gemm.onnx")), after = File.ReadAllBytes(files["folded.onnx"]);
        Assert.InRange(before.Zip(after).Count(pair => pair.First != pair.Second), 50, ((16 * Width) + Width) * sizeof(float));
        Assert.InRange(after.Length - before.Length, 80, 300);
    }

    [Theory]
    [InlineData("quantised.onnx", "the layer `…` is quantised (…): a map cannot be folded into whole numbers")]
    [InlineData("external.onnx", "weights of `external.onnx` are in another file")]
    [InlineData("siamese.onnx", "the weight `fc.weight` is used 2 times: folding would change another output than `embedding`")]
    [InlineData("any-width.onnx", "the model does not say how many coordinates `embedding` has")]
    public void Where_folding_would_be_wrong_it_is_refused_with_the_reason(string name, string message)
    {
        Fit("gemm.onnx");
        var problem = Assert.Throws<AuditInputException>(() => Fold(name, "embedding", FoldPlace.Layer));
        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(message).Replace("…", ".+", StringComparison.Ordinal) + "$", problem.Message);
        Assert.NotEmpty(problem.Hint!);
    }

    [Theory]
    [InlineData("scores", "`scores` has 3 coordinates, the map 6")]
    [InlineData("embeding", "nothing in `with-head.onnx` gives `embeding`")]
    [InlineData(null, "`with-head.onnx` has 2 outputs: which one was the map fitted on?")]
    public void Another_output_is_refused(string? output, string message)
    {
        Fit("gemm.onnx");
        Assert.Equal(message, Assert.Throws<AuditInputException>(() => Fold("with-head.onnx", output, FoldPlace.Layer)).Message);
    }

    [Fact]
    public void A_map_is_folded_in_once()
    {
        Folded("gemm.onnx");
        File.Move(files["folded.onnx"], files["once.onnx"]);
        Assert.Equal(
            "a map is in `embedding` already",
            Assert.Throws<AuditInputException>(() => Fold(files["once.onnx"], null, FoldPlace.Layer)).Message);
    }

    // Whatever is cut or turned over: a reason, and never a crash.
    [Fact]
    public void A_damaged_model_is_refused_or_folded_into_and_never_a_crash()
    {
        Fit("gemm.onnx");
        var whole = File.ReadAllBytes(Path("gemm.onnx"));
        for (var at = 0; at < whole.Length; at += 3)
        {
            Try(whole[..at]);
            Try([.. whole[..at], (byte)(whole[at] ^ 0xFF), .. whole[(at + 1)..]]);
        }

        void Try(byte[] bytes)
        {
            File.WriteAllBytes(files["damaged.onnx"], bytes);
            try
            {
                Fold(files["damaged.onnx"], null, FoldPlace.Layer);
            }
            catch (AuditInputException problem)
            {
                Assert.NotEmpty(problem.Message);
            }
        }
    }

    private static string Path(string name) => System.IO.Path.IsPathRooted(name) ? name : Repository.File("tests", "fixtures", "erase", name);

    private double[] Given(string model, params int[] shape) => OnnxRun.Output(Path(model), "embedding", images, shape is [] ? [People, Inputs] : shape);

    private (FoldedModel Folded, ErasureMap Map) Folded(string name, params int[] shape)
    {
        var map = Fit(name, shape);
        return (Fold(name, null, FoldPlace.Layer), map);
    }

    private ErasureMap Fit(string model, params int[] shape)
    {
        files.Write("e.npy", People, Width, Given(model, shape), "<f8");
        var map = Eraser.Fit(files.Request with { FittedOn = FittedPeople.Everybody }, Cancellation);
        using var output = File.Create(files["map.npz"]);
        MapFile.Writer("map.npz")(map, output);
        return map;
    }

    private FoldedModel Fold(string model, string? output, FoldPlace place)
    {
        var folded = FoldedModel.Of(new FoldRequest(files.Source("map.npz"), new TableSource(Path(model), System.IO.Path.GetFileName(model)), output, place));
        using var written = File.Create(files["folded.onnx"]);
        folded.WriteTo(written);
        return folded;
    }

    private double[] Applied(double[] numbers, ErasureMap map)
    {
        files.Write("given.npy", People, Width, numbers, "<f8");
        using (var output = File.Create(files["erased.npy"]))
            Eraser.Apply(map, files.Source("given.npy"), ConsumedForm.Plain, output, Cancellation);
        return files.Read("erased.npy", "<f8");
    }

    private void AssertErased(double[] given, double[] erased, ErasureMap map, double within)
    {
        var expected = Applied(given, map);
        var largest = given.Max(Math.Abs);
        Assert.Equal(expected.Length, erased.Length);
        Assert.All(expected.Zip(erased), pair => Assert.InRange(pair.Second - pair.First, -within * largest, within * largest));
        Assert.Contains(given.Zip(erased), pair => Math.Abs(pair.First - pair.Second) > 0.1); // something was taken out
    }
}
