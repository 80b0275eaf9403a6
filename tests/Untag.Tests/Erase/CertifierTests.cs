using Untag.Audit;
using Untag.Audit.Statistics;
using Untag.Erase;

namespace Untag.Tests.Erase;

/// <summary>What probes find behind a map in people whom neither they nor the map have seen.</summary>
public sealed class CertifierTests : IDisposable
{
    private readonly EmbeddingFiles files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_tag_in_the_means_is_found_without_the_map_and_not_behind_it()
    {
        files.With(12_000, 8, (random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        var certificate = Certify();
        Assert.Equal("holds", certificate.Verdict);
        Assert.True(certificate.Holds);
        Assert.Equal(["linear", "non-linear", "network"], certificate.Probes.Select(probe => probe.Probe));
        var linear = certificate.Probes[0];
        Assert.InRange(linear.AucBefore!.Value, 0.90, 0.94); // Φ(2 / √2) = 0.921
        Assert.InRange(linear.Auc!.Value, 0.5, 0.53);
        Assert.True(linear.High < 0.60);
    }

    // A linear map takes out means. A group that varies more is still told, and the certificate says so.
    [Fact]
    public void A_tag_in_the_second_moments_stays_and_fails()
    {
        files.With(8_000, 8, (random, group, i) => (random.NextNormal() * (group == 1 && i < 4 ? 2.5 : 1)) + (i == 2 ? group : 0));
        var certificate = Certify();
        Assert.Equal("fails", certificate.Verdict);
        Assert.Equal(["holds", "fails", "fails"], certificate.Probes.Select(probe => probe.Verdict));
    }

    // A group that is the sign of a product differs in no mean and in no square.
    [Fact]
    public void A_network_finds_what_neither_lines_nor_squares_see()
    {
        double first = 0;
        files.With(12_000, 24, (random, group, i) =>
        {
            var number = i < 2 ? 0.5 + random.NextUnit() : random.NextNormal();
            if (i == 0)
                return first = random.NextUnit() < 0.5 ? number : -number;
            return i == 1 ? number * Math.Sign(first) * (group == 0 ? 1 : -1) : number + (i == 2 ? group : 0);
        });
        var certificate = Certify();
        Assert.Equal(["holds", "fails"], [certificate.Probes[0].Verdict, certificate.Probes[2].Verdict]);
        Assert.True(certificate.Probes[2].Auc > 0.9, $"{certificate.Probes[2]}");
    }

    [Fact]
    public void What_a_task_lost_is_told_beside_it()
    {
        // The task is told by a coordinate of its own, and by the one that tells the group.
        files.With(8_000, 6, (random, group, i) => random.NextNormal() + (i == 2 ? 3.0 * group : 0));
        var table = File.ReadAllLines(files["t.csv"]);
        var numbers = files.Read("e.npy", "<f4");
        for (var i = 0; i < 8_000; i++)
            table[i + 1] = $"p{i},g{i % 2},t{(numbers[(i * 6) + 4] + (numbers[(i * 6) + 2] / 3) > 0.5 ? 1 : 0)}";
        File.WriteAllLines(files["t.csv"], table);
        Fit(files.Request);
        var task = Certified(files.Request with { Keep = "task" }, ConsumedForm.Plain, others: false).Task!;
        Assert.Equal("task", task.Column);
        Assert.InRange(task.RightBefore!.Value, 0.95, 1);
        Assert.InRange(task.Right!.Value, 0.6, task.RightBefore.Value - 0.02);
        Assert.InRange(task.Right.Value, task.Low!.Value, task.High!.Value);
        Assert.Null(Certified(files.Request, ConsumedForm.Plain, others: false).Task);
    }

    [Fact]
    public void What_telling_people_apart_lost_is_told_where_people_have_two_rows()
    {
        // Faces of eight coordinates, two rows each; one coordinate tells the group, and people by it.
        var face = new double[8];
        files.With(16_000, 8, (random, group, i) => random.NextNormal());
        var random = new SeededRandom(3);
        var numbers = new List<double>();
        var table = new List<string> { "person,group,task" };
        for (var person = 0; person < 8_000; person++)
        {
            for (var i = 0; i < 8; i++)
                face[i] = random.NextNormal() + (i == 2 ? 0.6 * ((person % 2) - 0.5) : 0);
            for (var row = 0; row < 2; row++)
            {
                table.Add($"p{person},g{person % 2},t");
                numbers.AddRange(face.Select(number => number + (0.4 * random.NextNormal())));
            }
        }

        File.WriteAllLines(files["t.csv"], table);
        files.Write("e.npy", 16_000, 8, numbers);
        var verification = Certify().Verification!;
        Assert.InRange(verification.People, 3_800, 4_200); // the half that is in no fit
        Assert.Equal([0.1, 0.01, 0.001], verification.Misses.Select(point => point.FalseMatch));
        Assert.All(verification.Misses.Skip(1), point => Assert.True(point.Miss > point.MissBefore && point.Miss < 0.9, $"{point}"));
        Assert.True(verification.Misses[2].Miss > verification.Misses[1].Miss);
        files.With(2_000, 4, (random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        Assert.Null(Certify().Verification);
    }

    // Lengths tell the group where a common mean is far from 0: to bring rows to length 1 then turns lengths into directions.
    [Fact]
    public void Rows_brought_to_length_1_give_the_tag_back_unless_the_map_centres()
    {
        files.With(12_000, 6, (random, group, i) => i == 0 ? 4 + random.NextNormal() : (random.NextNormal() * (group == 1 ? 1.6 : 0.8)) + group);
        var unit = ConsumedForm.Of(["unit-norm"]);
        var bare = Probe(Certify());
        var normalised = Probe(Certify(form: unit));
        var centred = Probe(Certify(form: unit, centres: true));
        Assert.True(bare.High < 0.60, $"{bare}");
        Assert.True(normalised.Low > 0.60, $"{normalised}");
        Assert.True(centred.High < 0.60, $"{centred}");
        static CertifiedProbe Probe(ErasureCertificate certificate) => certificate.Probes[0];
    }

    [Fact]
    public void Few_people_are_insufficient_and_no_pass()
    {
        files.With(200, 4, (random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        var certificate = Certify();
        Assert.Equal("insufficient", certificate.Verdict);
        Assert.True(certificate.PeopleNeeded > 200);
    }

    [Fact]
    public void A_map_of_everybody_is_certified_on_other_people_only_and_the_certificate_says_that_it_was_stated()
    {
        files.With(2_000, 4, (random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        var request = files.Request with { FittedOn = FittedPeople.Everybody };
        Assert.Equal(
            "the map was fitted on everybody: nobody is left to certify it on",
            Assert.Throws<AuditInputException>(() => Certify(request)).Message);
        Assert.Contains("not verified", Certify(request, others: true).People, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_the_map_does_not_know_is_not_certified()
    {
        files.With(2_000, 4, (random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        Fit(files.Request);
        File.WriteAllText(files["t.csv"], File.ReadAllText(files["t.csv"]).Replace("g1", "g2", StringComparison.Ordinal));
        Assert.Equal(
            "the labels have other groups than the map was fitted on",
            Assert.Throws<AuditInputException>(() => Certified(files.Request, ConsumedForm.Plain, others: false)).Message);
    }

    // 512 coordinates: some 4,000 people of a group for an area of 0.60, some 16,000 for 0.55.
    [Theory]
    [InlineData(0.60, 3_989)]
    [InlineData(0.55, 16_212)]
    public void The_number_of_people_in_the_fit_bounds_what_is_left_for_all_others(double tolerance, long people)
    {
        Assert.Equal(people, ErasureLaw.PeopleNeeded(512, tolerance));
        Assert.Equal(tolerance, ErasureLaw.AreaMost(512, people), 4);
    }

    [Fact]
    public void Behind_a_map_of_few_people_no_more_is_left_than_the_bound_says()
    {
        files.With(3_000, 64, (random, group, i) => random.NextNormal() + (i == 2 ? 3.0 * group : 0));
        var certificate = Certify();
        Assert.True(certificate.Probes[0].Auc < certificate.Groups[0].AreaMost, $"{certificate.Probes[0]} {certificate.Groups[0]}");
        Assert.InRange(certificate.Groups[0].AreaMost, 0.55, 0.60);
    }

    [Fact]
    public void A_certificate_that_was_written_is_read_to_the_same_and_has_its_schema()
    {
        files.With(2_000, 4, (random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        var certificate = Certify();
        Write(certificate);
        var read = CertificateFile.Read(files.Source("c.json"));
        Assert.Equal((certificate.Map, certificate.Verdict, certificate.EmbeddingSha256), (read.Map, read.Verdict, read.EmbeddingSha256));
        Assert.Equal(certificate.Probes, read.Probes);
    }

    [Theory]
    [InlineData("\"verdict\": \"fails\"", "\"verdict\": \"holds\"", "`c.json` says something else than its figures")]
    [InlineData("untag/erasure/1", "untag/erasure/2", "`c.json` is no certificate")]
    [InlineData("\"probes\"", "\"probs\"", "`c.json` is no certificate, or was cut, at line …")]
    public void A_certificate_that_says_what_its_figures_do_not_is_refused(string from, string to, string message)
    {
        files.With(4_000, 4, (random, group, i) => random.NextNormal() * (group == 1 ? 2.5 : 1));
        Write(Certify());
        File.WriteAllText(files["c.json"], File.ReadAllText(files["c.json"]).Replace(from, to, StringComparison.Ordinal));
        var problem = Assert.Throws<AuditInputException>(() => CertificateFile.Read(files.Source("c.json")));
        Assert.StartsWith(message.TrimEnd('…'), problem.Message, StringComparison.Ordinal);
    }

    private ErasureCertificate Certify(EraseRequest? request = null, ConsumedForm? form = null, bool centres = false, bool others = false)
    {
        Fit((request ?? files.Request) with { Centres = centres });
        return Certified(request ?? files.Request, form ?? ConsumedForm.Plain, others);
    }

    private ErasureCertificate Certified(EraseRequest request, ConsumedForm form, bool others) =>
        Certifier.Certify(
            new CertifyRequest { Map = files.Source("map.npz"), People = request, Form = form, OtherPeople = others }, Cancellation);

    private void Fit(EraseRequest request)
    {
        using var output = File.Create(files["map.npz"]);
        MapFile.Writer("map.npz")(Eraser.Fit(request, Cancellation), output);
    }

    private void Write(ErasureCertificate certificate)
    {
        using var output = File.Create(files["c.json"]);
        CertificateFile.Write(certificate, output);
    }
}
