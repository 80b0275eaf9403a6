using CsCheck;
using Untag.Audit;
using Untag.Audit.Aggregates;
using Untag.Audit.Judging;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Judging;

public sealed class DisclosureTests
{
    private static readonly AuditRequest Request = new()
    {
        Group = "group",
        Outputs = ["class"],
        Decisions = [Condition.Parse("alert")],
        Truth = "truth",
    };

    [Fact]
    public void A_group_of_3_people_never_appears_and_another_is_withheld_with_it()
    {
        var json = AuditedTable.Json(Groups(("large", 1000), ("middle", 200), ("small", 60), ("tiny", 3)).Audit(Request));
        Assert.DoesNotContain("tiny", json, StringComparison.Ordinal);
        Assert.DoesNotContain("small", json, StringComparison.Ordinal);
        Assert.Contains("\"group\": \"(withheld)\",\n      \"people\": null,\n      \"suppressed\": true", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_groups_one_small_one_nothing_is_told_of_either()
    {
        var report = Groups(("large", 1000), ("tiny", 3)).Audit(Request);
        Assert.Equal([new GroupLine(Disclosure.Withheld, null, true)], report.Groups);
        Assert.DoesNotContain(report.Target, line => line.Group is not null);
        Assert.Equal((Verdict.Insufficient, Verdict.Insufficient), (report.NoTagLeaked, report.NoGroupTargeted));
    }

    [Fact]
    public void Groups_that_are_withheld_are_always_two_and_10_people_or_all() =>
        Gen.Long[1, 40].Array[1, 8].Sample(sizes =>
        {
            var groups = sizes.Select((people, i) => new GroupSums($"g{i}", people, people, people)).ToList();
            var told = Disclosure.Told(groups);
            Assert.All(told, g => Assert.True(groups[g].People >= Disclosure.PeopleMin));
            var hidden = Enumerable.Range(0, groups.Count).Except(told).ToList();
            Assert.True(hidden.Count == 0 || told.Count == 0
                || (hidden.Count >= 2 && hidden.Sum(g => groups[g].People) >= Disclosure.PeopleMin));
        });

    // Of tp, fp, fn and tn three and their sum give the fourth: what is told must not hold three of them.
    [Theory]
    [InlineData(50, 50, 3, 50, "selection_rate ppv")]
    [InlineData(50, 50, 50, 3, "selection_rate ppv")]
    [InlineData(50, 3, 50, 50, "selection_rate")]
    [InlineData(3, 50, 50, 50, "selection_rate")]
    [InlineData(3, 3, 50, 50, "")]
    [InlineData(50, 50, 50, 50, "selection_rate fpr fnr ppv")]
    public void A_small_cell_is_in_no_rate_that_is_told_and_follows_from_none(int tp, int fp, int fn, int tn, string told)
    {
        var sums = DecisionSums.OfSingles(new FourCells(tp, fp, fn, tn), hasTruth: true);
        Assert.Equal(told, string.Join(' ', Enum.GetValues<RateKind>().Where(rate => Disclosure.Tells(sums, rate)).Select(rate => RateKinds.Name(rate, ofPairs: false))));
    }

    // The rest of one group, less the groups of it that are told, would be the cell of the one that is not.
    [Fact]
    public void A_cell_that_is_withheld_is_not_given_by_the_rest_of_another_group()
    {
        var report = new AuditedTable("group,class,alert,truth")
            .Add(300, "a,x,1,0").Add(700, "a,x,0,0").Add(200, "b,x,1,0").Add(800, "b,x,0,0").Add(4, "c,x,1,0").Add(96, "c,x,0,0")
            .Audit(Request with { Truth = null });
        var rest = report.Target.Single(line => line is { Measure: "selection_rate_gap", Group: "a", Reference: "rest" });
        Assert.Equal(0.3 - 0.2, rest.Estimate!.Value, 6); // that is b alone; with c it would be 0.3 − 204/1100
        Assert.All(report.Target.Where(line => line.Group == "c" || line.Reference == "c"), line => Assert.Null(line.Estimate ?? line.N));
    }

    // Not its rate, nor a chance, nor how many people would settle it: whoever reads the report could try the few cells that there are.
    [Theory]
    [InlineData(null)]
    [InlineData("truth")]
    public void A_report_is_the_same_whatever_a_cell_is_that_is_withheld(string? truth)
    {
        string Of(int hits) => AuditedTable.Json(new AuditedTable("group,alert,truth")
            .Add(100, "a,1,1").Add(100, "a,1,0").Add(400, "a,0,0").Add(400, "a,0,1").Add(100, "b,1,1").Add(100, "b,1,0").Add(500, "b,0,0").Add(500, "b,0,1")
            .Add(hits, "c,1,0").Add(20 - hits, "c,0,0").Add(20, "c,0,1")
            .Audit(Request with { Outputs = [], Truth = truth }));
        var known = Of(1);
        Assert.Contains("\"settles\": [\n", known, StringComparison.Ordinal);
        for (var hits = 2; hits < Disclosure.PeopleMin; hits++)
            Assert.Equal(known, Of(hits));
    }

    [Fact]
    public void People_are_rounded_to_5() =>
        Assert.Equal([0, 0, 5, 5, 10], new long[] { 0, 2, 3, 7, 8 }.Select(Disclosure.Rounded));

    private static AuditedTable Groups(params (string Name, int People)[] groups)
    {
        var table = new AuditedTable("group,class,alert,truth");
        foreach (var (name, people) in groups)
        {
            for (var i = 0; i < people; i++)
                table.Add(1, $"{name},c{i % 3},{i % 2},{i / 2 % 2}");
        }

        return table;
    }
}
