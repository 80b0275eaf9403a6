using System.Globalization;
using System.Xml.Linq;
using Untag.Audit;
using Untag.Audit.Reports;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

public sealed class AuditHtmlReportTests
{
    private const string Mark = "<script>alert(1)</script>";

    [Fact]
    public void A_page_has_a_plot_for_each_rate_and_withholds_what_is_withheld()
    {
        var page = Page("a");
        Assert.Equal(4, page.Split("<svg").Length - 1);
        Assert.Contains(">withheld<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("tiny", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_tells_every_figure_of_a_decision()
    {
        var report = Scored();
        var page = Page(report);
        Assert.Contains(report.Target, line => line is { Measure: "garbe", Estimate: not null });
        Assert.All(report.Target, line => Assert.Contains(line.Measure, page, StringComparison.Ordinal));
        var ratio = report.Target.First(line => line is { Measure: "fpr_ratio", Estimate: not null });
        Assert.Contains(ratio.Estimate!.Value.ToString("0.0000", CultureInfo.InvariantCulture), page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_by_a_threshold_has_its_curves_and_the_deployed_threshold()
    {
        var page = Page(Scored());
        foreach (var plot in new[] { "error rates by threshold and group", "false positives by threshold and group", "false negatives by threshold and group" })
            Assert.Equal(3, Plots(page).Single(svg => svg.Attribute("aria-label")!.Value == plot).Elements("polyline").Count());
        Assert.Contains("dashed: the deployed threshold, 0.62<", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_number_of_people_settles_is_told_with_what_does()
    {
        var report = Report("a") with { Settles = [new SettlesLine(AuditClaims.NoTagLeaked, null, null) { Instead = "audit <all> together" }] };
        Assert.Contains("<p>no-tag-leaked: audit &lt;all&gt; together</p>", Page(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_a_table_cannot_become_part_of_the_page() =>
        Assert.DoesNotContain("<script", Page(Mark), StringComparison.Ordinal);

    [Fact]
    public void Plots_are_well_formed()
    {
        var plots = Plots(Page("a & b"));
        Assert.NotEmpty(plots);
        Assert.All(plots, plot => Assert.NotEmpty(plot.Elements()));
    }

    private static List<XElement> Plots(string page) =>
        [.. page.Split("<svg").Skip(1).Select(plot => XElement.Parse("<svg" + plot[..(plot.IndexOf("</svg>", StringComparison.Ordinal) + 6)]))];

    private static string Page(string group) => Page(Report(group));

    private static AuditReport Report(string group)
    {
        var table = new AuditedTable("group,alert,truth").Add(3, "tiny,1,1").Add(15, "b,1,0").Add(60, "b,0,1").Add(60, "c,1,1").Add(60, "c,0,0")
            .Add(40, $"{group},1,0").Add(40, $"{group},0,1").Add(40, $"{group},1,1").Add(40, $"{group},0,0");
        return table.Audit(new AuditRequest { Group = "group", Decisions = [Condition.Parse("alert")], Truth = "truth" });
    }

    // Three groups of 400, scores from 0 to 0.99: each has both truths at every score.
    private static AuditReport Scored()
    {
        var table = new AuditedTable("group,score,truth");
        for (var i = 0; i < 1200; i++)
            table.Add(1, string.Create(CultureInfo.InvariantCulture, $"g{i % 3},{i / 12 / 100.0},{i / 3 % 2}"));
        return table.Audit(new AuditRequest { Group = "group", Decisions = [Condition.Parse("score >= 0.62")], Truth = "truth" });
    }

    private static string Page(AuditReport report)
    {
        using var text = new StringWriter();
        AuditHtmlReport.Write(report, text);
        return text.ToString();
    }
}
