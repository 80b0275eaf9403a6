using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Untag.Audit;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Embeddings;

/// <summary>Embeddings of parts whose people never meet: sums can show a leak, and no more.</summary>
public sealed class MergedEmbeddingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-merged-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Parts_in_any_order_give_the_same_bytes_and_the_figures_of_the_whole()
    {
        string[] parts = [.. Enumerable.Range(0, 4).Select(part => Part(part, 400, 6, 1.5))];
        var report = Merge(parts);
        foreach (var order in new[] { [.. parts.Reverse()], new[] { parts[2], parts[0], parts[3], parts[1] } })
            Assert.Equal(AuditedTable.Json(report), AuditedTable.Json(Merge(order)));

        var whole = Auditor.Audit(
            Request("whole.npy"), [.. Enumerable.Range(0, 4).Select(part => Table($"{part}.csv"))], TestContext.Current.CancellationToken);
        foreach (var measure in new[] { "rho2", "pillai" })
            Assert.Equal(Line(whole, "whole.npy", measure).Estimate!.Value, Line(report, EmbeddingSums.AnyName, measure).Estimate!.Value, 6);
    }

    [Fact]
    public void A_direction_fails_with_the_group_that_it_tells()
    {
        var report = Merge(Part(0, 400, 6, 1.5), Part(1, 400, 6, 1.5));
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
        Assert.Equal(Verdict.Fails, Line(report, EmbeddingSums.AnyName, "rho2").Verdict);
        var told = report.Identify.Single(line => line.Measure == "rho2" && line.Group is not null);
        Assert.Equal("g0", told.Group);
        // δ² p (1 − p) / (1 + δ² p (1 − p)) with δ = 1.5 and p = 1/3
        Assert.InRange(1.0 / 3, told.Low!.Value, told.High!.Value);
    }

    [Fact]
    public void Without_a_leak_nothing_holds_and_the_report_says_why()
    {
        var report = Merge(Part(0, 900, 4, 0), Part(1, 900, 4, 0));
        Assert.Equal(Verdict.Insufficient, report.NoTagLeaked);
        Assert.Contains("audit the tables and arrays together", Assert.Single(report.Settles).Instead, StringComparison.Ordinal);
        Assert.Equal(
            ["auc", "v_information", "auc", "c2st", "hsic", "v_information"],
            report.Identify.Where(line => line.NotMeasured is not null).Select(line => line.Measure));
        Assert.DoesNotContain(report.Identify, line => line.NotMeasured is not null && (line.Estimate is not null || line.Verdict is not null));
    }

    [Fact]
    public void An_output_that_holds_does_not_make_an_embedding_hold()
    {
        Part(0, 900, 4, 0);
        var table = File.ReadAllLines(PathOf("0.csv"));
        File.WriteAllLines(PathOf("0.csv"), table.Select((line, i) => line + (i == 0 ? ",class" : ",1")));
        var request = Request("0.npy") with { Outputs = ["class"] };
        Assert.Equal(Verdict.Insufficient, Merge(Write("p.json", request, "0.csv")).NoTagLeaked);
    }

    [Fact]
    public void A_group_of_fewer_than_10_people_is_refused()
    {
        Part(0, 900, 4, 0);
        var lines = File.ReadAllLines(PathOf("0.csv"));
        for (var i = 1; i < 10; i++)
            lines[i] = lines[i].Split(',')[0] + ",rare";
        File.WriteAllLines(PathOf("0.csv"), lines);
        var problem = Assert.Throws<AuditInputException>(() => Write("p.json", Request("0.npy"), "0.csv"));
        Assert.Contains("fewer than 10 people", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_people_than_the_coordinates_need_are_refused()
    {
        var problem = Assert.Throws<AuditInputException>(() => Part(0, 60, 40, 0));
        Assert.Equal("60 people are too few for sums of 40 coordinates that leave where they are", problem.Message);
    }

    [Fact]
    public void Arrays_of_other_sizes_are_not_added_up()
    {
        var problem = Assert.Throws<AuditInputException>(() => Merge(Part(0, 300, 4, 0), Part(1, 300, 5, 0)));
        Assert.Contains("another `embedding`", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embeddings_that_are_consumed_otherwise_are_not_added_up()
    {
        Part(0, 300, 4, 0);
        string Consumed(string step) => Write(step + ".json", Request("0.npy") with { Consumed = ConsumedForm.Of([step]) }, "0.csv");
        var (unit, half) = (Consumed("unit-norm"), Consumed("float16"));
        Assert.Equal("unit-norm", Assert.Single(Merge(unit).Method.Consumed));
        Assert.Contains("another `consumed`", Assert.Throws<AuditInputException>(() => Merge(unit, half)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("dimensions")]
    [InlineData("people")]
    [InlineData("absent")]
    [InlineData("asked")]
    public void A_file_that_contradicts_itself_is_refused(string what)
    {
        var path = Part(0, 300, 4, 0);
        var document = JsonNode.Parse(File.ReadAllText(path))!;
        var part = document["embedding"]!;
        if (what == "cut")
            part["moments"] = part["moments"]!.GetValue<string>()[..^4];
        else if (what == "dimensions")
            part["dimensions"] = 5;
        else if (what == "people")
            document["groups"]![0]!["people"] = 9;
        else if (what == "absent")
            document.AsObject().Remove("embedding");
        else
            document["asks"]!["embedding"] = 3;
        File.WriteAllText(path, document.ToJsonString());
        Assert.Contains("cannot be merged", Assert.Throws<AuditInputException>(() => Merge(path)).Message, StringComparison.Ordinal);
    }

    // With the tolerated V behind it, a bound of 95 % lies above in at most a fortieth of all draws; 36 of 800 are 4 standard errors more.
    [Fact]
    public void The_lower_bound_of_a_leak_is_rarely_above_it()
    {
        const double Explained = 0.04; // V = 0.2
        var (random, above, draws) = (new SeededRandom(11), 0, 800);
        var shift = Math.Sqrt(Explained / (1 - Explained) / 0.25);
        for (var draw = 0; draw < draws; draw++)
        {
            var features = new FeatureMap(5);
            var moments = new ClassMoments(features, 2);
            for (var row = 0; row < 300; row++)
            {
                for (var i = 0; i < 5; i++)
                    features.Present[i] = random.NextNormal() + (i == 0 ? shift * (row % 2) : 0);
                moments.Add(features, row % 2);
            }

            above += CanonicalLeak.Of(moments, 1)!.Groups[0].Interval(0.025).Low > Explained ? 1 : 0;
        }

        Assert.InRange(above, 4, 36);
    }

    private string Part(int number, int people, int dimensions, double shift)
    {
        var random = new SeededRandom(50 + (ulong)number);
        var table = new StringBuilder("person,group\n");
        var numbers = new List<float>();
        for (var person = 0; person < people; person++)
        {
            table.Append(CultureInfo.InvariantCulture, $"p{number}-{person},g{person % 3}\n");
            for (var i = 0; i < dimensions; i++)
                numbers.Add((float)(random.NextNormal() + 4 + (i == 1 && person % 3 == 0 ? shift : 0)));
        }

        File.WriteAllText(PathOf($"{number}.csv"), table.ToString());
        WriteArray($"{number}.npy", numbers, dimensions);
        whole.AddRange(numbers);
        WriteArray("whole.npy", whole, dimensions);
        return Write($"{number}.json", Request($"{number}.npy"), $"{number}.csv");
    }

    private readonly List<float> whole = [];

    private string Write(string name, AuditRequest request, string table)
    {
        var path = Path.Join(folder.FullName, name);
        using var output = File.Create(path);
        AuditPartials.Write(request, Auditor.PartSums(request, [Table(table)], TestContext.Current.CancellationToken), output);
        return path;
    }

    private AuditRequest Request(string array) => new()
    {
        Group = "group",
        Person = "person",
        Embedding = new TableSource(Path.Join(folder.FullName, array), array),
    };

    private string PathOf(string name) => Path.Join(folder.FullName, name);

    private TableSource Table(string name) => new(Path.Join(folder.FullName, name), name);

    private static AuditReport Merge(params string[] parts) => AuditPartials.Merge(parts, TestContext.Current.CancellationToken);

    // The format of numpy.save, version 1.
    private void WriteArray(string name, List<float> numbers, int dimensions)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({numbers.Count / dimensions}, {dimensions}), }}".PadRight(117) + "\n";
        using var writer = new BinaryWriter(File.Create(Path.Join(folder.FullName, name)));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        foreach (var number in numbers)
            writer.Write(number);
    }

    private static IdentifyLine Line(AuditReport report, string output, string measure) =>
        report.Identify.First(line => line.Output == output && line.Measure == measure);
}
