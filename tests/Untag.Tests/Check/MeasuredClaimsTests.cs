using System.Globalization;
using Untag.Check;
using Untag.Policy;

namespace Untag.Tests.Check;

/// <summary>The two claims that an audit decides, from the product file to the sentences.</summary>
public sealed class MeasuredClaimsTests
{
    private const string Asks = """
        audit:
          data: eval/*.csv
          group: group
          outputs: [class]
          decisions: {alert: score >= 0.5, truth: match}

        """;

    [Fact]
    public void An_output_that_tells_the_group_fails_the_claim_and_says_so()
    {
        var claim = Leaked(Check(Asks, Table(i => i % 2 == 0 ? "x" : "y")));
        Assert.Equal((ClaimVerdict.Fails, false), (claim.Verdict, claim.Partial));
        Assert.StartsWith("`class` tells of what group a person is (Cramér's V 1.00 ", claim.Failed[0], StringComparison.Ordinal);
        Assert.Contains("eval/*.csv: 24000 rows", Assert.Single(claim.Checked), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_and_rates_that_are_alike_hold_both_claims()
    {
        var report = Check(Asks, Table(i => i % 4 < 2 ? "x" : "y"));
        Assert.Equal((ClaimVerdict.Holds, false), (Leaked(report).Verdict, Leaked(report).Partial));
        Assert.Equal((ClaimVerdict.Holds, false), (Targeted(report).Verdict, Targeted(report).Partial));
        Assert.Contains("rates of all groups differ by less than 0.05, with 95 % confidence", Targeted(report).Passed);
        Assert.False(report.Fails);
    }

    [Fact]
    public void The_figures_behind_a_verdict_are_told_as_numbers_too()
    {
        var report = Check(Asks, Table(i => i % 2 == 0 ? "x" : "y"));
        var leak = Leaked(report).Measures[0];
        Assert.Equal(("cramers_v_corrected", "class", 0.2, "fails", 24000L), (leak.Name, leak.Of, leak.Tolerance, leak.Verdict, leak.N));
        Assert.InRange(leak.Estimate, leak.Tolerance, 1);
        Assert.InRange(leak.Estimate, leak.Low!.Value, leak.High!.Value);
        var targeted = Targeted(report).Measures;
        Assert.Equal(("errors", 0), (targeted[0].Name, targeted[0].Estimate));
        var gaps = targeted.Skip(1).ToList();
        Assert.Contains(gaps, gap => gap is { Name: "fpr_gap", Of: "alert", Against: not null, Tolerance: 0.05 });
        Assert.All(gaps, gap => Assert.True(gap.People % 5 == 0 && gap.People >= 10, gap.Name));
    }

    [Fact]
    public void What_is_withheld_is_no_figure()
    {
        // Seven people of a third group, with whom the next smallest is withheld.
        var table = Table(i => i % 4 < 2 ? "x" : "y") + string.Concat(Enumerable.Repeat("tiny,x,0.9,1\n", 7));
        var figures = Targeted(Check(Asks, table)).Measures;
        Assert.Contains(figures, figure => figure is { Group: "b", Against: "rest" });
        Assert.DoesNotContain(figures, figure => figure.Group is "tiny" or "a" || figure.Against is "tiny" or "a");
    }

    [Fact]
    public void Rates_that_differ_fail_and_name_the_widest_gap_first()
    {
        var claim = Targeted(Check(Asks, Table(_ => "x", score: i => i % 2 == 0 ? 0.9 : 0.1 + (i % 20 / 25.0))));
        Assert.Equal(ClaimVerdict.Fails, claim.Verdict);
        Assert.StartsWith("`alert` differs by group: ", claim.Failed[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_people_are_insufficient_and_the_number_that_settles_it_is_said()
    {
        var claim = Leaked(Check(Asks, Table(i => i % 4 < 2 ? "x" : "y", people: 60)));
        Assert.Equal((ClaimVerdict.Insufficient, false), (claim.Verdict, claim.Partial));
        Assert.Contains(claim.Next, next => next.StartsWith("about ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("audit:\n  group: group\n", "untag.yaml names no table")]
    [InlineData("audit:\n  data: eval/1.csv\n  outputs: [class]\n", "which column holds the group?")]
    [InlineData("audit:\n  data: eval/1.csv\n  group: group\n", "what is to be measured?")]
    [InlineData("audit:\n  data: eval/2.*\n  group: group\n  outputs: [class]\n", "no file matches `eval/2.*`")]
    [InlineData("audit:\n  data: eval/2.csv\n  group: group\n  outputs: [class]\n", "cannot read `eval/2.csv`: it is not there")]
    [InlineData("audit:\n  data: eval/1.csv\n  group: gruop\n  outputs: [class]\n", "`eval/1.csv` has no column `gruop`")]
    public void What_cannot_be_measured_is_no_pass(string asks, string problem)
    {
        var report = Check(asks, Table(_ => "x"));
        foreach (var claim in new[] { Leaked(report), Targeted(report) })
        {
            Assert.True(claim.Partial);
            Assert.NotEqual(ClaimVerdict.Holds, claim.Verdict);
            Assert.Contains($"the audit could not be done: {problem}", claim.Failed);
        }
    }

    [Fact]
    public void An_embedding_that_is_not_there_leaves_the_claim_open()
    {
        var claim = Leaked(Check(Asks + "  embedding: eval/template.npy\n", Table(_ => "x")));
        Assert.Equal((ClaimVerdict.Insufficient, true), (claim.Verdict, claim.Partial));
        Assert.Contains("the audit could not be done: cannot read `eval/template.npy`: it is not there", claim.Failed);
    }

    // Two groups, turn by turn.
    private static string Table(Func<int, string> classOf, Func<int, double>? score = null, int people = 24_000) =>
        "group,class,score,match\n" + string.Concat(Enumerable.Range(0, people).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{(i % 2 == 0 ? "a" : "b")},{classOf(i)},{score?.Invoke(i) ?? (i / 2 % 3 == 0 ? 0.7 : 0.2)},{i / 6 % 2}\n")));

    private static CheckReport Check(string asks, string table)
    {
        using var folder = new ProductFolder(("untag.yaml", asks), ("src/a.py", "print('face')\n"), ("eval/1.csv", table));
        var product = folder.Read().Product!;
        var request = new CheckRequest
        {
            Product = product,
            Policy = TagPolicy.Default,
            Scan = ProductScan.Request(product, TagPolicy.Default) with { Clock = ProductFolder.Clock },
        };
        return Checker.Check(request, null, TestContext.Current.CancellationToken);
    }

    private static ClaimResult Leaked(CheckReport report) => report.Claims.Single(claim => claim.Claim == Claims.NoTagLeaked);

    private static ClaimResult Targeted(CheckReport report) => report.Claims.Single(claim => claim.Claim == Claims.NoGroupTargeted);
}
