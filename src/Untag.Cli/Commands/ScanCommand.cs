using System.CommandLine;
using System.Diagnostics;
using Untag.Cli.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Cli.Commands;

/// <summary><c>untag scan [PATH...]</c>: finds tags in folders, files and standard input.</summary>
internal static class ScanCommand
{
    private static readonly Argument<string[]> Paths = new("path")
    {
        Description = "folders or files; `-` is standard input",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => ["."],
    };

    public static Command Build()
    {
        var command = new Command("scan", "find tags of persons in folders, files and standard input")
        {
            Paths, Settings.Exclude, Settings.NoIgnore, Settings.StdinName, Settings.Config, Settings.Policy,
            Settings.Sensitive, Settings.Strict, Settings.ExitZero, Settings.Format, Settings.Output, Settings.Color,
            Settings.Quiet, Settings.Jobs,
        };
        command.SetAction((words, cancellation) => Task.FromResult(Run(words, cancellation)));
        return command;
    }

    private static int Run(ParseResult words, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var (request, policy) = Meaning(words);
        ScanReport report;
        using (var progress = ProgressLine.ForTerminal(words.GetValue(Settings.Quiet)))
            report = Scanner.Scan(request, progress, cancellation);
        ResultOutput.Write(
            words.GetValue(Settings.Output),
            output => Write(words, report, policy, clock.Elapsed, output));
        return CodeOf(report, words, cancellation);
    }

    /// <summary>What was typed, turned into what it means.</summary>
    private static (ScanRequest Request, TagPolicy Policy) Meaning(ParseResult words)
    {
        var paths = words.GetValue(Paths)!;
        var product = Products.Nearest(words, paths[0] == "-" ? "." : paths[0]);
        var policy = Policies.Open(words.GetValue(Settings.Policy) ?? product?.Policy);
        var sources = new List<ScanSource>();
        foreach (var path in paths)
            sources.Add(SourceOf(path, paths.Length, words));
        return (
            new ScanRequest
            {
                Policy = policy,
                Sources = sources,
                Exclude = [.. product?.ScanExclude ?? [], .. words.GetValue(Settings.Exclude)!],
                Allow = product?.Allow ?? [],
                IgnoreFiles = words.GetValue(Settings.NoIgnore) ? IgnoreFiles.Disregarded : IgnoreFiles.Respected,
                Traits = words.GetValue(Settings.Sensitive) ? TraitScope.Sensitive : TraitScope.Forbidden,
                Workers = Math.Max(1, words.GetValue(Settings.Jobs)),
            },
            policy);
    }

    private static ScanSource SourceOf(string path, int count, ParseResult words)
    {
        if (path == "-")
            return new ScanSource.Piped(words.GetValue(Settings.StdinName) ?? "stdin", Console.OpenStandardInput());
        if (!Path.Exists(path))
            throw new UserError($"there is no file or folder `{path}`", "name a folder, a file, or `-` for standard input");
        var isOnlyFolder = count == 1 && Directory.Exists(path);
        var shown = path.Replace('\\', '/').TrimEnd('/');
        return new ScanSource.OnDisk(path, isOnlyFolder ? "" : Directory.Exists(path) ? shown + '/' : shown);
    }

    private static void Write(ParseResult words, ScanReport report, TagPolicy policy, TimeSpan elapsed, Stream output)
    {
        switch (words.GetValue(Settings.Format))
        {
            case "json":
                JsonReport.Write(report, output);
                return;
            case "sarif":
                SarifReport.Write(report, policy, output);
                return;
        }

        using var text = new StreamWriter(output, leaveOpen: true);
        if (words.GetValue(Settings.Format) == "github")
        {
            GitHubReport.Write(report, text);
            return;
        }

        var findings = new FindingsText(Terminals.For(words), text, policy);
        findings.Write(report);
        findings.WriteSkipped(report);
        if (!words.GetValue(Settings.Quiet))
            findings.WriteSummary(report, elapsed);
    }

    private static int CodeOf(ScanReport report, ParseResult words, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            Terminal.WriteError("interrupted: the report is partial");
            return ExitCode.Interrupted;
        }

        if (!report.Complete)
        {
            // In the text report the list stands on standard output already.
            Terminal.WriteError(
                $"partial: {report.Skipped.Count} not read, or not to the end; the first is {report.Skipped[0].Path}: {report.Skipped[0].Reason}",
                "make it readable, or leave it out with --exclude");
            return ExitCode.Failed;
        }

        if (words.GetValue(Settings.ExitZero))
            return ExitCode.Holds;
        var failing = report.Totals.Errors + (words.GetValue(Settings.Strict) ? report.Totals.Warnings : 0);
        return failing > 0 ? ExitCode.Findings : ExitCode.Holds;
    }
}
