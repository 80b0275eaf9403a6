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
    public void Text_of_a_table_cannot_become_part_of_the_page() =>
        Assert.DoesNotContain("<script", Page(Mark), StringComparison.Ordinal);

    [Fact]
    public void Plots_are_well_formed()
    {
        var page = Page("a & b");
        for (var at = page.IndexOf("<svg", StringComparison.Ordinal); at >= 0; at = page.IndexOf("<svg", at + 1, StringComparison.Ordinal))
            Assert.NotEmpty(XElement.Parse(page[at..(page.IndexOf("</svg>", at, StringComparison.Ordinal) + 6)]).Elements());
    }

    private static string Page(string group)
    {
        var table = new AuditedTable("group,alert,truth").Add(3, "tiny,1,1").Add(15, "b,1,0").Add(60, "b,0,1").Add(60, "c,1,1").Add(60, "c,0,0")
            .Add(40, $"{group},1,0").Add(40, $"{group},0,1").Add(40, $"{group},1,1").Add(40, $"{group},0,0");
        var report = table.Audit(new AuditRequest { Group = "group", Decisions = [Condition.Parse("alert")], Truth = "truth" });
        using var text = new StringWriter();
        AuditHtmlReport.Write(report, text);
        return text.ToString();
    }
}
