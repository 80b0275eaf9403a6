using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Tests.Scan.Reports;

public sealed class GitHubReportTests
{
    [Fact]
    public void A_finding_is_one_command_with_its_place_title_and_strongest_reason() =>
        Assert.Equal(
            "::error file=src/人种/labels%2C v2.py,line=12,col=5,title=Untag UT0101::"
                + "`白人` labels people by group (race): the labels are groups of people\n",
            Write(Samples.Report(Samples.LabelMap)));

    [Fact]
    public void What_has_no_line_says_where_it_is_in_words() =>
        Assert.Equal(
            "::warning file=dist/app.zip!/model.bin,title=Untag UT0104::`race_head` computes the trait (race; byte 4096)\n",
            Write(Samples.Report(Samples.Head)));

    [Fact]
    public void Text_cannot_end_a_command_or_start_another()
    {
        var written = Write(Samples.Report(Samples.LabelMap with { Match = "100%\r\n::error::x", Path = "a:b%.py" }));
        Assert.StartsWith("::error file=a%3Ab%25.py,", written, StringComparison.Ordinal);
        Assert.Contains("::`100%25%0D%0A::error::x`", written, StringComparison.Ordinal);
        Assert.Equal(1, written.Count(c => c == '\n'));
    }

    [Fact]
    public void Text_cannot_act_on_the_screen_that_shows_the_log() =>
        Assert.StartsWith(
            "::error file=a·[31m·b.py,",
            Write(Samples.Report(Samples.LabelMap with { Path = "a\e[31m\u202eb.py" })), StringComparison.Ordinal);

    [Fact]
    public void A_path_that_was_not_read_is_an_error() =>
        Assert.Equal(
            "::error file=dist/broken file.zip,title=Untag: not read::not a zip archive: 50%25 is missing\n",
            Write(Samples.Partial()));

    private static string Write(ScanReport report)
    {
        using var output = new StringWriter();
        GitHubReport.Write(report, output);
        return output.ToString();
    }
}
