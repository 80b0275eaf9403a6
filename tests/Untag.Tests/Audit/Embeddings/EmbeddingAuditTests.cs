using System.Globalization;
using System.Text;
using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Embeddings;

/// <summary>Embeddings beside a table. All people are drawn by lot.</summary>
public sealed class EmbeddingAuditTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-embeddings-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_direction_in_512_dimensions_is_found()
    {
        var report = Audit(3_000, 512, (random, group, i) => random.NextNormal() + (i == 300 ? 3.0 * group : 0));
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
        Assert.Equal(Verdict.Fails, Line(report, "e.npy", "auc").Verdict);
        // ρ² = δ² p (1 − p) / (1 + δ² p (1 − p)) with δ = 3, and a sixth of the rest by chance.
        Assert.InRange(Line(report, "e.npy", "rho2").Estimate!.Value, 0.69, 0.80);
        Assert.True(Line(report, "e.npy", "v_information").Low > 0.1);
    }

    [Fact]
    public void A_group_of_which_only_second_moments_differ_is_found_where_no_line_sees_it()
    {
        var report = Audit(6_000, 16, (random, group, i) => random.NextNormal() * (group == 1 && i < 4 ? 2.5 : 1));
        Assert.Equal(Verdict.Holds, Line(report, "e.npy", "auc").Verdict);
        Assert.Equal(Verdict.Fails, Line(report, "e.npy, non-linear", "auc").Verdict);
        Assert.True(Line(report, "e.npy, non-linear", "c2st").Low > 0.6);
        Assert.True(Line(report, "e.npy, non-linear", "hsic").P < 0.001);
    }

    [Fact]
    public void An_embedding_that_says_nothing_of_the_group_holds()
    {
        var report = Audit(12_000, 8, (random, _, _) => random.NextNormal());
        Assert.Equal(Verdict.Holds, report.NoTagLeaked);
        Assert.True(Line(report, "e.npy", "rho2").P > 0.01);
        Assert.InRange(Line(report, "e.npy", "v_information").Estimate!.Value, -0.01, 0.01);
    }

    // A probe that was measured on rows of people whom it has seen would know each of them.
    [Fact]
    public void A_probe_is_measured_on_people_whom_it_has_not_seen()
    {
        var random = new SeededRandom(4);
        var table = new StringBuilder("person,group\n");
        var rows = new List<double>();
        for (var person = 0; person < 1_000; person++)
        {
            var face = Enumerable.Range(0, 48).Select(_ => 5 * random.NextNormal()).ToList();
            for (var row = 0; row < 5; row++)
            {
                table.Append(CultureInfo.InvariantCulture, $"p{person},g{person % 2}\n");
                rows.AddRange(face.Select(number => number + (0.1 * random.NextNormal())));
            }
        }

        Write(table.ToString(), 5_000, 48, rows);
        var report = Auditor.Audit(Request with { Person = "person" }, Tables, TestContext.Current.CancellationToken);
        Assert.NotEqual(Verdict.Fails, report.NoTagLeaked);
        Assert.True(Line(report, "e.npy", "auc").Estimate < 0.62);
    }

    // One coordinate, two groups: the canonical correlation is the share of variance between, and the F that of two means.
    [Fact]
    public void Rho_and_pillai_of_one_coordinate_are_those_of_an_analysis_of_variance()
    {
        var numbers = Enumerable.Range(0, 400).Select(i => (i % 2) + (i / 2 % 5)).ToList(); // means 2 and 3, variance 2 in each
        Write("group\n" + string.Concat(numbers.Select((_, i) => $"g{i % 2}\n")), 400, 1, numbers.Select(n => (double)n));
        var report = Auditor.Audit(Request, Tables, TestContext.Current.CancellationToken);
        Assert.Equal(0.25 / 2.25, Line(report, "e.npy", "rho2").Estimate!.Value, 6);
        Assert.Equal(0.25 / 2.25, Line(report, "e.npy", "pillai").Estimate!.Value, 6);
    }

    [Fact]
    public void Groups_of_fewer_than_10_people_are_in_no_figure()
    {
        // With them the next smallest group is withheld: 6 people could be had by subtraction.
        var report = Audit(3_001, 4, (random, group, _) => random.NextNormal() + (group == 3 ? 100 : 0), groups: 3, rare: 6);
        Assert.DoesNotContain(report.Identify, line => line.Group == "g3");
        Assert.True(Line(report, "e.npy", "rho2").Estimate < 0.01);
    }

    [Fact]
    public void One_group_alone_is_insufficient_and_no_pass() =>
        Assert.Equal(Verdict.Insufficient, Audit(200, 2, (random, _, _) => random.NextNormal(), groups: 1).NoTagLeaked);

    // The groups differ in how far rows reach to both sides: no line sees it, until all rows have the length 1.
    [Fact]
    public void What_is_measured_is_what_is_consumed()
    {
        double Coordinate(SeededRandom random, int group, int i) => i == 0 ? 2 + (0.5 * random.NextNormal()) : random.NextNormal() * (group == 1 ? 3 : 1);
        Assert.Equal(Verdict.Holds, Line(Audit(6_000, 4, Coordinate), "e.npy", "auc").Verdict);
        foreach (var steps in new string[][] { ["unit-norm"], ["unit-norm", "float16"], ["unit-norm", "int8"] })
        {
            var report = Auditor.Audit(Request with { Consumed = ConsumedForm.Of(steps) }, Tables, TestContext.Current.CancellationToken);
            Assert.Equal(Verdict.Fails, Line(report, "e.npy", "auc").Verdict);
            Assert.Equal(steps, report.Method.Consumed);
        }
    }

    // Group 0 is before the first camera more often, and all that the embedding tells is the camera.
    [Fact]
    public void What_the_camera_explains_is_a_leak_of_the_table_and_none_within_strata()
    {
        var camera = People(12_000, 8, (random, _, camera, i) => random.NextNormal() + (i == 2 ? 2.0 * camera : 0));
        Assert.Equal(Verdict.Fails, Audit(Request, camera).NoTagLeaked);
        var within = Audit(Request with { Strata = ["camera"] }, camera);
        Assert.Equal(Verdict.Holds, within.NoTagLeaked);
        Assert.True(Line(within, "e.npy", "rho2_within").P > 0.01);
        Assert.True(Line(within, "e.npy, non-linear", "hsic_within").P > 0.01);
        Assert.InRange(Line(within, "e.npy", "v_information_within").Estimate!.Value, -0.01, 0.01);
        Assert.All(within.Identify, line => Assert.EndsWith("_within", line.Measure, StringComparison.Ordinal));
    }

    [Fact]
    public void A_direction_within_strata_is_found_behind_a_camera_that_shifts_everything()
    {
        var report = Audit(Request with { Strata = ["camera"] }, People(
            4_000, 8, (random, group, camera, i) => random.NextNormal() + (5.0 * camera) + (i == 3 && group == 1 ? 1.2 : 0)));
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
        Assert.InRange(Line(report, "e.npy", "auc_within").Estimate!.Value, 0.76, 0.84); // Φ(1.2 / √2) = 0.802
        Assert.True(Line(report, "e.npy", "v_information_within").Low > 0.05);
    }

    [Fact]
    public void Second_moments_that_differ_within_strata_are_found()
    {
        var report = Audit(Request with { Strata = ["camera"] }, People(
            6_000, 8, (random, group, camera, i) => (random.NextNormal() * (group == 1 && i < 4 ? 2.5 : 1)) + (3.0 * camera)));
        Assert.Equal(Verdict.Holds, Line(report, "e.npy", "auc_within").Verdict);
        Assert.Equal(Verdict.Fails, Line(report, "e.npy, non-linear", "auc_within").Verdict);
        Assert.True(Line(report, "e.npy, non-linear", "c2st_within").Low > 0.6);
        Assert.True(Line(report, "e.npy, non-linear", "hsic_within").P < 0.001);
    }

    // Groups 0 and 1 before both cameras, group 2 before the second alone.
    [Fact]
    public void A_group_that_is_not_before_every_camera_is_measured_where_it_is()
    {
        const int people = 6_000, dimensions = 4;
        var random = new SeededRandom(12);
        var rows = Enumerable.Range(0, people).Select(i => (Group: i % 5 < 2 ? i % 5 : (i % 5) - 2, Camera: i % 5 < 2 ? 0 : 1)).ToList();
        Write(
            "group,camera\n" + string.Concat(rows.Select(row => $"g{row.Group},c{row.Camera}\n")), people, dimensions,
            rows.SelectMany(row => Enumerable.Range(0, dimensions).Select(i => random.NextNormal() + (4.0 * row.Camera) + (i == 1 && row.Group == 2 ? 1.2 : 0))));
        var report = Auditor.Audit(Request with { Strata = ["camera"] }, Tables, TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
        Assert.InRange(Line(report, "e.npy", "auc_within").Estimate!.Value, 0.76, 0.84); // Φ(1.2 / √2) = 0.802, of group 2
    }

    // One coordinate: the part of the variance within strata that lies between groups of a stratum.
    [Fact]
    public void Rho_within_strata_is_that_of_a_nested_analysis_of_variance()
    {
        // Two groups whose means lie 1 apart with variance 2 in each, before two cameras 40 apart.
        var people = Enumerable.Range(0, 400).Select(i => (Group: i % 2, Camera: i / 2 % 2, Number: (double)((i % 2) + (i / 4 % 5) + (40 * (i / 2 % 2))))).ToList();
        Write("group,camera\n" + string.Concat(people.Select(row => $"g{row.Group},c{row.Camera}\n")), 400, 1, people.Select(row => row.Number));
        var report = Auditor.Audit(Request with { Strata = ["camera"] }, Tables, TestContext.Current.CancellationToken);
        Assert.Equal(0.25 / 2.25, Line(report, "e.npy", "pillai_within").Estimate!.Value, 6);
    }

    // 200 tables in which only the camera is told; of a chance of 5 % more than 19 are 3 standard errors too many.
    [Fact]
    public void False_alarms_within_strata_are_as_rare_as_they_say()
    {
        var (alarms, linear) = (0, 0);
        for (var draw = 0; draw < 200; draw++)
        {
            var report = Audit(Request with { Strata = ["camera"] }, People(
                400, 3, (random, _, camera, i) => random.NextNormal() + (2.0 * camera), (ulong)(1000 + draw)));
            alarms += Line(report, "e.npy", "auc_within").P < 0.05 ? 1 : 0;
            linear += Line(report, "e.npy", "rho2_within").P < 0.05 ? 1 : 0;
            Assert.NotEqual(Verdict.Fails, report.NoTagLeaked);
        }

        Assert.InRange(alarms, 1, 19);
        Assert.InRange(linear, 1, 19);
    }

    [Theory]
    [InlineData("rows", "`e.npy` has 60 rows, the table 61")]
    [InlineData("cut", "`e.npy` is cut: it holds less than its 60 rows")]
    [InlineData("nan", "`e.npy`: row 1 holds a number that is not finite")]
    [InlineData("text", "`e.npy` is no .npy file")]
    [InlineData("order", "`e.npy` is in Fortran order, column by column")]
    public void What_is_no_array_beside_the_table_is_told(string damage, string message)
    {
        var table = "group\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"g{i % 2}\n"));
        Write(damage == "rows" ? table + "g0\n" : table, 60, 2, Enumerable.Repeat(damage == "nan" ? double.NaN : 1.0, 120));
        var path = Path.Join(folder.FullName, "e.npy");
        var bytes = File.ReadAllBytes(path);
        if (damage == "cut")
            File.WriteAllBytes(path, bytes[..^5]);
        if (damage == "text")
            File.WriteAllText(path, "1,2,3");
        if (damage == "order")
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("False", "True ", StringComparison.Ordinal)));
        Assert.Equal(message, Assert.Throws<AuditInputException>(
            () => Auditor.Audit(Request, Tables, TestContext.Current.CancellationToken)).Message);
    }

    private AuditRequest Request => new()
    {
        Group = "group",
        Embedding = new TableSource(Path.Join(folder.FullName, "e.npy"), "e.npy"),
    };

    private IReadOnlyList<TableSource> Tables => [new TableSource(Path.Join(folder.FullName, "t.csv"), "t.csv")];

    private AuditReport Audit(int people, int dimensions, Func<SeededRandom, int, int, double> coordinate, int groups = 2, int rare = 0)
    {
        var random = new SeededRandom(6);
        var groupOf = Enumerable.Range(0, people).Select(i => i < rare ? groups : i % groups).ToList();
        Write(
            "group\n" + string.Concat(groupOf.Select(group => $"g{group}\n")), people, dimensions,
            groupOf.SelectMany(group => Enumerable.Range(0, dimensions).Select(i => coordinate(random, group, i))));
        return Auditor.Audit(Request, Tables, TestContext.Current.CancellationToken);
    }

    private static (string Table, int People, int Dimensions, IReadOnlyList<double> Numbers) People(
        int people, int dimensions, Func<SeededRandom, int, int, int, double> coordinate, ulong seed = 9)
    {
        var random = new SeededRandom(seed);
        var (table, numbers) = (new StringBuilder("group,camera\n"), new List<double>());
        for (var i = 0; i < people; i++)
        {
            var camera = random.NextBelow(2);
            var group = random.NextUnit() < (camera == 0 ? 0.3 : 0.7) ? 1 : 0;
            table.Append(CultureInfo.InvariantCulture, $"g{group},c{camera}\n");
            for (var at = 0; at < dimensions; at++)
                numbers.Add(coordinate(random, group, camera, at));
        }

        return (table.ToString(), people, dimensions, numbers);
    }

    private AuditReport Audit(AuditRequest request, (string Table, int People, int Dimensions, IReadOnlyList<double> Numbers) drawn)
    {
        Write(drawn.Table, drawn.People, drawn.Dimensions, drawn.Numbers);
        return Auditor.Audit(request, Tables, TestContext.Current.CancellationToken);
    }

    // The format of numpy.save, version 1.
    private void Write(string table, int rows, int dimensions, IEnumerable<double> numbers)
    {
        File.WriteAllText(Path.Join(folder.FullName, "t.csv"), table);
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {dimensions}), }}".PadRight(117) + "\n";
        using var writer = new BinaryWriter(File.Create(Path.Join(folder.FullName, "e.npy")));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        foreach (var number in numbers)
            writer.Write((float)number);
    }

    private static IdentifyLine Line(AuditReport report, string output, string measure) =>
        report.Identify.First(line => line.Output == output && line.Measure == measure);
}
