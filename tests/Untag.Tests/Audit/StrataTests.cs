using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

/// <summary>Within strata, such as cameras: what they explain is no leak and no targeting, and what they hide is one.</summary>
public sealed class StrataTests
{
    private static readonly AuditRequest Classed = new() { Group = "group", Outputs = ["class"] };

    private static readonly AuditRequest Decided = new() { Group = "group", Decisions = [Condition.Parse("alert")] };

    // The group a is mostly before the camera north, which sees everybody as x.
    private static AuditedTable Explained() => new AuditedTable("group,camera,class,alert")
        .Add(8_100, "a,north,x,1").Add(900, "a,north,y,0").Add(900, "b,north,x,1").Add(100, "b,north,y,0")
        .Add(100, "a,south,x,1").Add(900, "a,south,y,0").Add(900, "b,south,x,1").Add(8_100, "b,south,y,0");

    // North marks the group a, south the group b: together nobody is marked more often than anybody else.
    private static AuditedTable Hidden() => new AuditedTable("group,camera,class,alert")
        .Add(900, "a,north,x,1").Add(100, "a,north,y,0").Add(100, "b,north,x,1").Add(900, "b,north,y,0")
        .Add(100, "a,south,x,1").Add(900, "a,south,y,0").Add(900, "b,south,x,1").Add(100, "b,south,y,0");

    [Fact]
    public void A_leak_that_is_only_the_cameras_is_none_within_strata()
    {
        Assert.Equal(Verdict.Fails, Explained().AuditFile(Classed).NoTagLeaked);
        var report = Explained().AuditFile(Within(Classed));
        Assert.Equal(Verdict.Holds, report.NoTagLeaked);
        Assert.InRange(Line(report, "cramers_v").Estimate!.Value, 0.60, 0.68);
        Assert.Null(Line(report, "cramers_v").Verdict);
        Assert.Equal((0.0, Verdict.Holds), (Line(report, "cramers_v_within").Estimate, Line(report, "cramers_v_within").Verdict));
        Assert.True(Line(report, "cramers_v_within").P > 0.5);
    }

    [Fact]
    public void A_leak_that_cameras_hide_from_each_other_is_found_within_strata()
    {
        Assert.Equal(Verdict.Holds, Hidden().AuditFile(Classed).NoTagLeaked);
        var report = Hidden().AuditFile(Within(Classed));
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
        Assert.Equal(0.8, Line(report, "cramers_v_within").Estimate!.Value, 6);
    }

    [Fact]
    public void A_gap_that_is_only_the_cameras_is_none_within_strata()
    {
        Assert.Equal(Verdict.Fails, Explained().AuditFile(Decided).NoGroupTargeted);
        var report = Explained().AuditFile(Within(Decided));
        Assert.Equal(Verdict.Holds, report.NoGroupTargeted);
        var (whole, within) = (Gap(report, "selection_rate_gap"), Gap(report, "selection_rate_gap_within"));
        Assert.Equal((0.64, null), (whole.Estimate!.Value, whole.Verdict));
        Assert.Equal((0.0, Verdict.Holds), (within.Estimate!.Value, within.Verdict!.Value));
    }

    // Both are joined by the same sign, which no group may have in its name.
    [Fact]
    public void Two_columns_of_groups_within_two_columns_of_strata_are_measured()
    {
        var table = new AuditedTable("group,sex,camera,site,class");
        for (var i = 0; i < 400; i++)
            table.Add(1, $"g{i % 2},s{i / 2 % 2},k{i / 4 % 2},p{i / 8 % 2},c{i / 16 % 2}");
        var report = table.AuditFile(Classed with { SecondGroup = "sex", Strata = ["camera", "site"] });
        Assert.Equal(["g0 & s0", "g0 & s1", "g1 & s0", "g1 & s1"], report.Groups.Select(group => group.Name));
        Assert.Equal(0, Line(report, "cramers_v_within").Estimate!.Value, 1);
    }

    // Each camera alone singles a group out, and their mean nobody.
    [Fact]
    public void A_gap_that_cameras_hide_from_each_other_is_found_within_strata()
    {
        Assert.Equal(Verdict.Holds, Hidden().AuditFile(Decided).NoGroupTargeted);
        var report = Hidden().AuditFile(Within(Decided));
        Assert.Equal(0.0, Gap(report, "selection_rate_gap_within").Estimate!.Value, 6);
        Assert.Equal(Verdict.Fails, Gap(report, "selection_rate_gap_within").Verdict);
    }

    [Fact]
    public void A_gap_within_strata_is_their_mean_weighted_by_people()
    {
        var report = Hidden().Add(1_800, "a,north,x,1").Add(200, "a,north,y,0").Add(200, "b,north,x,1").Add(1_800, "b,north,y,0").AuditFile(Within(Decided));
        Assert.Equal(0.4, Gap(report, "selection_rate_gap_within").Estimate!.Value, 6);
        Assert.Equal(Verdict.Fails, report.NoGroupTargeted);
    }

    [Fact]
    public void Numbers_are_compared_within_strata_too()
    {
        var random = new SeededRandom(12);
        var table = new AuditedTable("group,camera,score");
        for (var i = 0; i < 12_000; i++)
        {
            var north = random.NextUnit() < 0.5;
            var group = random.NextUnit() < (north ? 0.9 : 0.1) ? "a" : "b";
            table.Add(1, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{group},{(north ? "north" : "south")},{random.NextNormal() + (north ? 2 : 0):F6}"));
        }

        var request = new AuditRequest { Group = "group", Outputs = ["score"] };
        Assert.Equal(Verdict.Fails, table.AuditFile(request).NoTagLeaked);
        var report = table.AuditFile(Within(request));
        Assert.Equal(Verdict.Holds, report.NoTagLeaked);
        Assert.InRange(Line(report, "auc_within").Estimate!.Value, 0.5, 0.53);
    }

    [Fact]
    public void Without_a_stratum_that_both_groups_share_nothing_can_be_told_apart()
    {
        var report = new AuditedTable("group,camera,alert").Add(500, "a,north,1").Add(500, "b,south,0").AuditFile(Within(Decided));
        Assert.Equal((Verdict.Insufficient, Verdict.Insufficient), (report.NoTagLeaked, report.NoGroupTargeted));
        Assert.Null(Gap(report, "selection_rate_gap_within").Estimate);
    }

    [Fact]
    public void People_who_are_before_several_cameras_count_once()
    {
        var (one, two) = (new AuditedTable("person,group,camera,alert"), new AuditedTable("person,group,camera,alert"));
        for (var person = 0; person < 2_000; person++)
        {
            var (group, alert) = (person % 2 == 0 ? "a" : "b", person % 10 < 3 ? 1 : 0);
            one.Add(1, $"{person},{group},north,{alert}");
            two.Add(1, $"{person},{group},north,{alert}").Add(1, $"{person},{group},south,{alert}");
        }

        var request = Within(Decided) with { Person = "person" };
        var (once, twice) = (Gap(one.AuditFile(request), "selection_rate_gap_within"), Gap(two.AuditFile(request), "selection_rate_gap_within"));
        Assert.Equal((once.Estimate, once.N), (twice.Estimate, twice.N));
        Assert.Equal(once.High!.Value, twice.High!.Value, 0.002);
    }

    [Fact]
    public void Several_columns_are_strata_together()
    {
        var report = new AuditedTable("group,camera,site,class").Add(400, "a,n,1,x").Add(400, "b,n,1,y").Add(400, "a,n,2,y").Add(400, "b,n,2,x")
            .AuditFile(Classed with { Strata = ["camera", "site"] });
        Assert.Equal(1.0, Line(report, "cramers_v_within").Estimate);
        Assert.Equal(["camera", "site"], report.Method.Strata);
    }

    [Fact]
    public void What_is_wrong_with_strata_is_told_with_its_place()
    {
        var table = new AuditedTable("group,camera,class").Add(1, "a,north,x").Add(1, "a,,x");
        Assert.Equal("t.csv:3: column `camera` is empty", Refused(table, Within(Classed)));
        Assert.Equal("`t.csv` has no column `kamera`", Refused(table, Classed with { Strata = ["kamera"] }));
        Assert.Equal(
            "column `group` says who somebody is, and is no output within strata",
            Refused(new AuditedTable("group,camera").Add(1, "a,north"), Within(new AuditRequest { Group = "group", Outputs = ["group"] })));
        var many = new AuditedTable("group,camera,class");
        for (var i = 0; i <= 100; i++)
            many.Add(1, $"a,{i},x");
        Assert.Equal("`camera` tells more than 100 strata", Refused(many, Within(Classed)));
    }

    private static string Refused(AuditedTable table, AuditRequest request) => Assert.Throws<AuditInputException>(() => table.AuditFile(request)).Message;

    private static AuditRequest Within(AuditRequest request) => request with { Strata = ["camera"] };

    private static IdentifyLine Line(AuditReport report, string measure) => report.Identify.First(line => line.Measure == measure);

    private static TargetLine Gap(AuditReport report, string measure) =>
        report.Target.Single(line => line.Measure == measure && line.Group == "a" && line.Reference == "b");
}
