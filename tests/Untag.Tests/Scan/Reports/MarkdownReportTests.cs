using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Baselines;
using Untag.Scan.Reports;

namespace Untag.Tests.Scan.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public void A_finding_is_a_row_of_five_cells() =>
        Assert.Contains(
            "| error | `src/人种/labels, v2.py:12:5` | UT0101 Labels that are groups of people | `白人` labels people by group "
                + "| the labels are groups of people |\n",
            Write(Samples.Report(Samples.LabelMap)), StringComparison.Ordinal);

    [Theory]
    [InlineData("a | b")]
    [InlineData("a \\| b \\")]
    [InlineData("`` ` ``")]
    [InlineData("line\nbreak\r\n| x |")]
    [InlineData("<img src=x onerror=alert(1)>")]
    public void Text_of_a_product_cannot_leave_its_cell(string text)
    {
        var finding = Samples.LabelMap with { Path = text, Match = text, Why = [new Reason(text, 1)] };
        var row = Assert.Single(Write(Samples.Report(finding)).Split('\n'), line => line.StartsWith("| error", StringComparison.Ordinal));
        var bars = row.Replace("\\\\", "", StringComparison.Ordinal).Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|');
        Assert.Equal(6, bars);
        var outsideOfCode = string.Concat(row.Replace("\\`", "", StringComparison.Ordinal).Split('`').Where((_, i) => i % 2 == 0));
        Assert.DoesNotContain('<', outsideOfCode);
    }

    [Theory]
    [InlineData("@octocat")]
    [InlineData("see #12")]
    [InlineData("https://example.com")]
    [InlineData("www.example.com")]
    public void Nobody_is_told_and_nothing_is_linked(string text)
    {
        var finding = Samples.LabelMap with { Why = [new Reason(text, 1)] };
        Assert.DoesNotContain(text, Write(Samples.Report(finding)), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_reads_as_it_is_written() =>
        Assert.Contains(
            "`user·gnp.py:12:5`",
            Write(Samples.Report(Samples.LabelMap with { Path = "user\u202Egnp.py" })), StringComparison.Ordinal);

    [Fact]
    public void Ten_thousand_findings_fit_into_a_comment_and_the_rest_is_counted()
    {
        var longest = new string('|', 400);
        var findings = Enumerable.Range(1, 10_000)
            .Select(line => Samples.LabelMap with { Line = line, Path = longest, Match = longest, Why = [new Reason(longest, 1)] });
        var written = Write(Samples.Report([.. findings]));
        Assert.InRange(written.Length, 1, 65_536);
        Assert.Contains("… and 9950 more; `--format json` lists all.", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Partial_is_said_in_the_heading_and_below()
    {
        var written = Write(Samples.Partial());
        Assert.StartsWith("## Untag: partial, not everything was read\n", written, StringComparison.Ordinal);
        Assert.Contains("- `dist/broken file.zip`: not a zip archive: 50% is missing\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Known_findings_are_counted_and_not_listed()
    {
        var report = Samples.Report(Samples.LabelMap);
        var written = Write(Baseline.Of(report).Mark(report));
        Assert.StartsWith("## Untag: nothing new, known findings remain\n", written, StringComparison.Ordinal);
        Assert.Contains("Baseline: 1 known, 0 gone.", written, StringComparison.Ordinal);
        Assert.DoesNotContain("白人", written, StringComparison.Ordinal);
    }

    private static string Write(ScanReport report)
    {
        using var output = new StringWriter();
        MarkdownReport.Write(report, TagPolicy.Default, output);
        return output.ToString();
    }
}
