using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Tests.Scan.Reports;

public sealed class SarifLimitsTests
{
    [Fact]
    public void Up_to_what_is_shown_nothing_is_said()
    {
        var report = Report(0, 5_000, 0);
        Assert.Null(SarifLimits.InWords(report));
        Assert.Equal(0, Run(report).Notifications);
    }

    [Fact]
    public void Beyond_what_is_shown_the_file_says_so()
    {
        var report = Report(1, 5_000, 0);
        Assert.Equal("GitHub shows 5000 of these 5001 findings, the gravest first; --format json lists all", SarifLimits.InWords(report));
        Assert.Equal((5_001, 1), (Run(report).Results, Run(report).Notifications));
    }

    [Fact]
    public void Beyond_what_is_taken_the_least_grave_are_left_out_and_counted()
    {
        var report = Report(notes: 30, warnings: 24_990, errors: 20);
        var said = SarifLimits.InWords(report)!;
        Assert.StartsWith("40 of 25040 findings are not in the file (10 of level warning, 30 of level note)", said, StringComparison.Ordinal);
        var run = Run(report);
        Assert.Equal((25_000, 1, said), (run.Results, run.Notifications, run.Text));
        var kept = SarifLimits.Kept(report);
        Assert.Equal((20, 24_980), (kept.Count(one => one.Level == Level.Error), kept.Count(one => one.Level == Level.Warning)));
        Assert.Equal(kept.Select(one => one.Line), kept.Select(one => one.Line).Order()); // the order of the report
    }

    private static ScanReport Report(int notes, int warnings, int errors)
    {
        var line = 0;
        return Samples.Report([.. Of(Level.Note, notes), .. Of(Level.Warning, warnings), .. Of(Level.Error, errors)]);

        IEnumerable<Finding> Of(Level level, int count) =>
            Enumerable.Range(0, count).Select(_ => Samples.LabelMap with { Level = level, Line = ++line });
    }

    private static (int Results, int Notifications, string? Text) Run(ScanReport report)
    {
        var run = Samples.Parsed(Samples.Written(stream => SarifReport.Write(report, TagPolicy.Default, stream))).GetProperty("runs")[0];
        var notifications = run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications");
        var text = notifications.GetArrayLength() == 0 ? null : notifications[0].GetProperty("message").GetProperty("text").GetString();
        return (run.GetProperty("results").GetArrayLength(), notifications.GetArrayLength(), text);
    }
}
