using Untag.Cli;
using Untag.Cli.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Cli;

public sealed class FindingsTextTests
{
    [Fact]
    public void A_finding_is_one_line_with_its_strongest_reason_below() =>
        Assert.Equal(
            """
            src/人种/labels, v2.py
              error   12:5    UT0101 白人  labels people by group (race or ethnic origin)
                      the labels are groups of people


            """,
            Write(Samples.LabelMap));

    [Fact]
    public void Many_findings_in_a_file_are_cut_and_the_rest_is_counted()
    {
        var written = Write([.. Enumerable.Range(1, 20).Select(line => Samples.LabelMap with { Line = line })]);
        Assert.Contains("  … and 12 more in this file (--format json lists all)", written, StringComparison.Ordinal);
        Assert.Equal(8, written.Split('\n').Count(line => line.StartsWith("  error", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_gravest_findings_of_a_file_are_the_ones_that_are_shown()
    {
        var notes = Enumerable.Range(1, 20).Select(line => Samples.LabelMap with { Line = line, Level = Level.Note });
        Assert.Contains("  error   99:5", Write([.. notes, Samples.LabelMap with { Line = 99 }]), StringComparison.Ordinal);
    }

    private static string Write(params Finding[] findings)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new FindingsText(Terminal.ForOutput(ColorChoice.Never), output, TagPolicy.Default).Write(Samples.Report(findings));
        return output.ToString();
    }
}
