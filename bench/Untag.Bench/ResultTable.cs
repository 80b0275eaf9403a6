using System.Globalization;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;

namespace Untag.Bench;

/// <summary>The results as Markdown: a line for each input, a column for each width of vectors.</summary>
internal static class ResultTable
{
    public static void Write(TextWriter output, IReadOnlyList<Summary> summaries)
    {
        foreach (var summary in summaries)
        {
            var jobs = summary.BenchmarksCases.Select(one => one.Job.Id).Distinct().ToList();
            var isMatcher = summary.BenchmarksCases[0].Parameters.Items.Any(item => item.Name == nameof(MatcherBenchmark.Terms));
            output.WriteLine();
            output.WriteLine(isMatcher ? "The prefilter:" : "The whole search with the whole policy:");
            output.WriteLine();
            output.WriteLine($"| input |{(isMatcher ? " hits | terms |" : "")} {string.Join(" | ", jobs)} |");
            output.WriteLine($"|---|{(isMatcher ? "---|--:|" : "")}{string.Concat(jobs.Select(_ => "--:|"))}");
            // In the order of the parameters' values.
            foreach (var input in summary.BenchmarksCases.GroupBy(one => one.Parameters.PrintInfo))
            {
                var of = input.First().Parameters;
                var speeds = jobs.Select(job => Speed(summary[input.First(one => one.Job.Id == job)]));
                output.WriteLine(
                    $"| {((bool)of[nameof(MatcherBenchmark.IsText)] ? "text" : "random bytes")} |{(isMatcher ? Matcher(of) : "")} {string.Join(" | ", speeds)} |");
            }
        }
    }

    private static string Matcher(ParameterInstances of) => string.Create(
        CultureInfo.InvariantCulture,
        $" {Hits((int)of[nameof(MatcherBenchmark.BytesPerHit)])} | {(int)of[nameof(MatcherBenchmark.Terms)]:N0} |");

    private static string Hits(int bytesPerHit) => bytesPerHit == 0 ? "none" : $"one in {bytesPerHit >> 10} KiB";

    // Bytes in a nanosecond are GB in a second.
    private static string Speed(BenchmarkReport? report) => report?.ResultStatistics is { } times
        ? (Input.Bytes / times.Median).ToString("0.00", CultureInfo.InvariantCulture)
        : "–";
}
