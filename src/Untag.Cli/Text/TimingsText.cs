using System.Globalization;
using Untag.Scan.Timing;

namespace Untag.Cli.Text;

/// <summary>Writes where the time of a scan went: the stages, and the files that took longest.</summary>
internal static class TimingsText
{
    public static void Write(ScanTimings timings, TimeSpan elapsed, TextWriter output)
    {
        var all = timings.Stages.Values.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
        var workers = timings.Workers == 1 ? "1 worker" : $"{timings.Workers} workers";
        output.WriteLine($"{Seconds(elapsed)} in all; of {workers}:");
        foreach (var (stage, time) in timings.Stages)
        {
            var share = all > TimeSpan.Zero ? 100 * time / all : 0;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Seconds(time)} {share,5:0.0} %  {Words(stage)}"));
        }

        output.WriteLine("slowest files:");
        foreach (var file in timings.Slowest)
            output.WriteLine($"{Seconds(file.Time)} {Sizes.Show(file.Bytes),10}  {Terminal.Printable(file.Path)}");
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds,10:0.000} s");

    private static string Words(Stage stage) => stage switch
    {
        Stage.Listing => "listing folders",
        Stage.Opening => "opening files and reading their bytes",
        Stage.Unpacking => "unpacking archives",
        Stage.Searching => "searching raw bytes",
        Stage.Reading => "reading formats",
        Stage.Matching => "matching terms in what was read",
        _ => "judging",
    };
}
