using CsCheck;
using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

/// <summary>Rows that compare two people, and groups of two columns.</summary>
public sealed class PairsTests
{
    private static readonly AuditRequest Verified = new()
    {
        Group = "group",
        Person = "first",
        SecondPerson = "second",
        Decisions = [Condition.Parse("match")],
        Truth = "mated",
    };

    [Fact]
    public void Rates_of_error_are_called_false_matches_and_false_non_matches()
    {
        var table = new AuditedTable("first,second,group,match,mated");
        for (var i = 0; i < 400; i++)
            table.Add(1, $"p{i},q{i},{(i < 200 ? "a" : "b")},{i % 2},0").Add(1, $"p{i},p{i},{(i < 200 ? "a" : "b")},{i / 2 % 2},1");
        var report = table.Audit(Verified);
        Assert.Equal(0.5, report.Target.Single(line => line.Measure == "fmr" && line.Group == "a").Estimate);
        Assert.Equal(0.5, report.Target.Single(line => line.Measure == "fnmr" && line.Group == "b").Estimate);
        Assert.Contains(report.Target, line => line is { Measure: "max_geomean", Reference: "fmr" });
    }

    [Fact]
    public void Pairs_that_share_nobody_count_in_full_and_so_do_two_records_of_one_person()
    {
        var apart = new AuditedTable("first,second,group,match,mated");
        var own = new AuditedTable("first,second,group,match,mated");
        for (var i = 0; i < 100; i++)
        {
            apart.Add(1, $"p{i},q{i},a,{(i < 30 ? 1 : 0)},0");
            own.Add(1, $"p{i},p{i},a,{(i < 30 ? 1 : 0)},1");
        }

        Assert.Equal(100, Rate.Of(apart.Sums(Verified).Decisions[0].Groups[0].FalsePositive)!.Value.EffectiveTrials);
        Assert.Equal(100, Rate.Of(own.Sums(Verified).Decisions[0].Groups[0].FalseNegative)!.Value.EffectiveTrials);
    }

    // The definition, person by person: Var = (Σ_i (Σ_p∋i e)² − Σ_p e²) / T².
    [Fact]
    public void Effective_trials_are_those_of_pairs_that_share_people() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 1]).Array[5, 60].Sample(pairs =>
        {
            pairs = [.. pairs.Where(pair => pair.Item1 != pair.Item2)];
            var hits = pairs.Count(pair => pair.Item3 == 1);
            if (hits == 0 || hits == pairs.Length)
                return;
            var table = new AuditedTable("first,second,group,match,mated");
            foreach (var (one, two, match) in pairs)
                table.Add(1, $"{one},{two},a,{match},0");
            var mean = (double)hits / pairs.Length;
            var people = Enumerable.Range(0, 10).Sum(person => Math.Pow(
                pairs.Where(pair => pair.Item1 == person || pair.Item2 == person).Sum(pair => pair.Item3 - mean), 2));
            var variance = (people - pairs.Sum(pair => Math.Pow(pair.Item3 - mean, 2))) / pairs.Length / pairs.Length;
            var expected = variance <= 0 ? pairs.Length : Math.Min(pairs.Length, mean * (1 - mean) / variance);
            var rate = Rate.Of(table.Sums(Verified).Decisions[0].Groups[0].FalsePositive)!.Value;
            Assert.Equal(mean, rate.Estimate, 12);
            if (Math.Abs(variance) > 1e-9)
                Assert.Equal(1, rate.EffectiveTrials / expected, 6);
        });

    // 40 people of whom some match everybody: the textbook's interval takes 780 pairs for as many people.
    [Fact]
    public void The_interval_of_pairs_covers_where_that_of_rows_does_not()
    {
        var random = new SeededRandom(17);
        int covered = 0, textbook = 0;
        const int Runs = 300;
        for (var run = 0; run < Runs; run++)
        {
            var table = new AuditedTable("first,second,group,match,mated");
            var wolf = Enumerable.Range(0, 40).Select(_ => random.NextUnit() < 0.3 ? 0.3 : 0.05).ToList();
            long hits = 0, rows = 0;
            for (var i = 0; i < 40; i++)
            {
                for (var j = i + 1; j < 40; j++)
                {
                    var match = random.NextUnit() < wolf[i] + wolf[j];
                    hits += match ? 1 : 0;
                    rows++;
                    table.Add(1, $"{i},{j},a,{(match ? 1 : 0)},0");
                }
            }

            const double Truth = 2 * ((0.3 * 0.3) + (0.7 * 0.05));
            var rate = Rate.Of(table.Sums(Verified).Decisions[0].Groups[0].FalsePositive)!.Value;
            covered += Holds(rate.Interval(1.959964), Truth);
            textbook += Holds(RateIntervals.Wilson((double)hits / rows, rows, 1.959964), Truth);
        }

        Assert.InRange((double)covered / Runs, 0.90, 0.99);
        Assert.InRange((double)textbook / Runs, 0.3, 0.75);
        static int Holds(Interval interval, double truth) => interval.Low <= truth && truth <= interval.High ? 1 : 0;
    }

    [Fact]
    public void Groups_of_two_columns_are_what_both_state_together()
    {
        var table = new AuditedTable("race,sex,class").Add(60, "a,f,x").Add(60, "a,m,y").Add(60, "b,f,y").Add(60, "b,m,x");
        var request = new AuditRequest { Group = "race", SecondGroup = "sex", Outputs = ["class"] };
        var report = table.Audit(request);
        Assert.Equal(["a & f", "a & m", "b & f", "b & m"], report.Groups.Select(group => group.Name));
        Assert.Equal(Verdict.Fails, report.NoTagLeaked);
        Assert.Equal(0, table.Audit(request with { SecondGroup = null }).Identify[0].Estimate); // neither column alone shows it
    }

    [Fact]
    public void A_group_with_the_joining_sign_in_its_name_is_refused()
    {
        var table = new AuditedTable("race,sex,class").Add(1, "a & b,f,x");
        var problem = Assert.Throws<AuditInputException>(
            () => table.Audit(new AuditRequest { Group = "race", SecondGroup = "sex", Outputs = ["class"] }));
        Assert.Equal("t.csv:2: a group has ` & ` in its name, which joins the names of two columns", problem.Message);
    }
}
