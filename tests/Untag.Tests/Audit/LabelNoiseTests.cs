using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

/// <summary>Groups that are stated wrongly: what is measured of them shrinks, and is told as measured and as it is.</summary>
public sealed class LabelNoiseTests
{
    private static readonly AuditRequest Decided = new() { Group = "group", Decisions = [Condition.Parse("alert")] };

    // 10 % of each stated group are of the other: a true gap of 0.20 shows as 0.20 (1 − 0.1 − 0.1) = 0.16.
    [Fact]
    public void A_gap_is_told_as_measured_and_without_the_noise()
    {
        var report = Mixed(10_000, 0.3, 0.5, 0.1, 0.1).AuditFile(Decided with { LabelNoise = new LabelNoise(["0.1"]) });
        var (measured, real) = (Gap(report, "selection_rate_gap"), Gap(report, "selection_rate_gap_denoised"));
        Assert.Equal(-0.16, measured.Estimate!.Value, 6);
        Assert.Equal(-0.20, real.Estimate!.Value, 6);
        Assert.Equal(measured.Low!.Value / 0.8, real.Low!.Value, 5);
        Assert.Equal((null, Verdict.Fails), (measured.Verdict, real.Verdict));
        Assert.Equal(["0.1"], report.Method.LabelNoise);
    }

    // 0.04 as measured lies below the tolerance of 0.05; the true gap lies above it.
    [Fact]
    public void A_gap_that_noise_brings_below_the_tolerance_fails()
    {
        var table = Mixed(100_000, 0.30, 0.38, 0.25, 0.25);
        Assert.Equal(Verdict.Holds, table.Audit(Decided).NoGroupTargeted);
        Assert.Equal(Verdict.Fails, table.Audit(Decided with { LabelNoise = new LabelNoise(["0.25"]) }).NoGroupTargeted);
    }

    // Each group has its own share of wrong labels, and one is four times as large: V, and the share of a group, shrink otherwise than rates.
    [Fact]
    public void What_is_measured_of_true_groups_comes_out_of_stated_ones()
    {
        // True: 8,000 a of whom 40 % get x, 2,000 b of whom 80 % do. Stated a: 7,600 a and 400 b; stated b: 400 a and 1,600 b.
        var table = new AuditedTable("group,class").Add(3_040 + 320, "a,x").Add(4_560 + 80, "a,y").Add(160 + 1_280, "b,x").Add(240 + 320, "b,y");
        var report = table.AuditFile(new AuditRequest { Group = "group", Outputs = ["class"], LabelNoise = new LabelNoise(["a=0.05", "b=0.2"]) });
        var real = Math.Sqrt(0.8 * 0.2) * 0.4 / Math.Sqrt(0.48 * 0.52);
        Assert.Equal(real, report.Identify.Single(line => line.Measure == "cramers_v_corrected_denoised").Estimate!.Value, 0.001);
        Assert.True(report.Identify[0].Estimate < real - 0.05);
    }

    [Fact]
    public void The_area_of_true_groups_comes_out_of_stated_ones()
    {
        var random = new SeededRandom(3);
        var table = new AuditedTable("group,score");
        for (var i = 0; i < 8_000; i++)
        {
            var real = i % 2;
            var stated = random.NextUnit() < 0.15 ? 1 - real : real;
            table.Add(1, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"g{stated},{random.NextNormal() + real:F6}"));
        }

        var report = table.AuditFile(new AuditRequest { Group = "group", Outputs = ["score"], LabelNoise = new LabelNoise(["0.15"]) });
        Assert.InRange(report.Identify.Single(line => line.Measure == "auc").Estimate!.Value, 0.66, 0.70); // ½ + 0.7 (0.760 − ½) = 0.682
        Assert.InRange(report.Identify.Single(line => line.Measure == "auc_denoised").Estimate!.Value, 0.74, 0.78);
    }

    [Fact]
    public void Nothing_holds_of_few_people_while_nobody_has_said_how_many_labels_are_wrong()
    {
        // Of 150 people of each group none is selected: certain enough, if they are of these groups.
        var table = new AuditedTable("group,alert").Add(150, "a,0").Add(150, "b,0");
        var report = table.Audit(Decided);
        Assert.Equal(Verdict.Insufficient, report.NoGroupTargeted);
        Assert.All(report.Settles, line => Assert.True(line.PeopleNeeded >= 200));
        Assert.Equal(Verdict.Holds, table.Audit(Decided with { LabelNoise = new LabelNoise(["0.01"]) }).NoGroupTargeted);
    }

    [Theory]
    [InlineData("`0.6` is no rate of wrong labels", "0.6")]
    [InlineData("`a` is no rate of wrong labels", "a")]
    [InlineData("`0.1` is no rate of wrong labels", "0.1", "a=0.1")]
    [InlineData("`a=0.2` is no rate of wrong labels", "a=0.1", "a=0.2")]
    [InlineData("label noise is stated of `c`, which no row states", "a=0.1", "c=0.2")]
    [InlineData("no label noise is stated of `b`", "a=0.1")]
    public void Noise_that_is_not_of_the_groups_of_the_table_is_refused(string message, params string[] stated) =>
        Assert.Equal(message, Assert.Throws<AuditInputException>(
            () => Mixed(1_000, 0.3, 0.5, 0, 0).Audit(Decided with { LabelNoise = new LabelNoise(stated) })).Message);

    [Fact]
    public void Noise_of_three_groups_is_not_guessed()
    {
        var table = new AuditedTable("group,alert").Add(50, "a,1").Add(50, "b,1").Add(50, "c,0");
        Assert.Equal(
            "label noise is taken out of what is measured of two groups, and the table states 3",
            Assert.Throws<AuditInputException>(() => table.Audit(Decided with { LabelNoise = new LabelNoise(["0.1"]) })).Message);
    }

    // So many people are stated to be of each group, of whom so large shares are of the other.
    private static AuditedTable Mixed(int people, double a, double b, double otherInA, double otherInB)
    {
        int Selected(double own, double other, double share) => (int)Math.Round(people * (((1 - share) * own) + (share * other)));
        var (first, second) = (Selected(a, b, otherInA), Selected(b, a, otherInB));
        return new AuditedTable("group,alert").Add(first, "a,1").Add(people - first, "a,0").Add(second, "b,1").Add(people - second, "b,0");
    }

    private static TargetLine Gap(AuditReport report, string measure) =>
        report.Target.Single(line => line.Measure == measure && line.Group == "a" && line.Reference == "b");
}
