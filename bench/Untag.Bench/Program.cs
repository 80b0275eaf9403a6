using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using Untag.Bench;

// Progress goes to standard error, the results as Markdown to standard output.
var config = ManualConfig.CreateEmpty()
    .AddLogger(new StreamLogger(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true }))
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddJob(VectorWidth.Jobs)
    .WithBuildTimeout(TimeSpan.FromMinutes(10)) // it builds the library once more
    .WithArtifactsPath(Path.Join("artifacts", "bench"));
var summaries = BenchmarkSwitcher.FromTypes([typeof(MatcherBenchmark), typeof(SearchBenchmark)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
ResultTable.Write(Console.Out, [.. summaries]);
return summaries.SelectMany(summary => summary.Reports).Any(report => report.Success) ? 0 : 1;
