using System.CommandLine;
using System.Diagnostics;
using Untag.Check;
using Untag.Cli.Text;
using Untag.Policy;
using Untag.Scan;

namespace Untag.Cli.Commands;

/// <summary><c>untag scan [PATH...]</c>: finds tags in folders, files, standard input and the history of git.</summary>
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
        var command = new Command("scan", "find tags of persons in folders, files, git history and standard input")
        {
            Paths, Settings.History, Settings.Since, Settings.Staged, Settings.Exclude, Settings.NoIgnore,
            Settings.StdinName, Settings.Config, Settings.Policy,
            Settings.Sensitive, Settings.Strict, Settings.ExitZero, Settings.Format, Settings.Output, Settings.Color,
            Settings.Quiet, Settings.Jobs, Settings.Cache, Settings.Timings, Settings.Baseline, Settings.WriteBaseline,
        };
        foreach (var option in LimitOptions.All)
            command.Add(option);
        command.SetAction((words, cancellation) => Task.FromResult(Run(words, cancellation)));
        return command;
    }

    private static int Run(ParseResult words, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var outlets = Outlets.Of(words);
        if (outlets.Any(outlet => outlet.Format == "html"))
            throw new UserError("a scan has no form `html`", "`untag check` and `untag audit` write a page");
        var (request, product) = Meaning(words, cancellation);
        var baseline = Baselines.Given(words, product, request.Policy);
        request = request with { OwnFiles = Baselines.OwnFiles(words, product, outlets) };
        ScanReport report;
        using (var progress = ProgressLine.ForTerminal(words.GetValue(Settings.Quiet)))
            report = Scanner.Scan(request, progress, cancellation);
        report = Baselines.WriteIfAsked(words, baseline?.Mark(report) ?? report);
        foreach (var outlet in outlets)
            ResultOutput.Write(outlet.File, output => Write(outlet, words, report, request.Policy, clock.Elapsed, output));
        Baselines.Tell(report.Baseline);
        if (report.CacheProblem is { } problem)
            Terminal.WriteWarning(problem);
        ScanReports.TellLimits(outlets, report);
        if (report.Timings is { } timings)
            TimingsText.Write(timings, clock.Elapsed, Console.Error);
        return CodeOf(report, words, cancellation);
    }

    /// <summary>What was typed, turned into what it means.</summary>
    private static (ScanRequest Request, ProductFile? Product) Meaning(ParseResult words, CancellationToken cancellation)
    {
        var paths = words.GetValue(Paths)!;
        var opened = ProductOf(paths, words);
        var product = opened?.Product;
        var sources = HistorySources.Of(
            words,
            [.. paths.Select(path => path == "-" ? StandardInput(words, cancellation) : SourceOf(path, paths.Length, product))],
            cancellation);
        return (
            new ScanRequest
            {
                Policy = opened?.Policy ?? Products.ChosenPolicy(words) ?? TagPolicy.Default,
                Sources = sources.Reported,
                Surroundings = sources.Surroundings,
                Exclude = [.. product?.Exclude ?? [], .. words.GetValue(Settings.Exclude)!],
                Allow = [.. product?.Allow.Select(allowance => allowance.Finding) ?? []],
                IgnoreFiles = words.GetValue(Settings.NoIgnore) ? IgnoreFiles.Disregarded : IgnoreFiles.Respected,
                Traits = words.GetValue(Settings.Sensitive) ? TraitScope.Sensitive : TraitScope.Forbidden,
                Limits = LimitOptions.Of(words, product?.Limits ?? ScanLimits.Default),
                Workers = words.GetValue(Settings.Jobs),
                CacheFolder = words.GetValue(Settings.Cache),
                MeasuresTime = words.GetValue(Settings.Timings),
            },
            product);
    }

    // A product file found by itself speaks only for its own folder: its exclusions must not hide a file of another.
    private static OpenedProduct? ProductOf(string[] paths, ParseResult words)
    {
        var first = paths[0] == "-" ? "." : paths[0];
        var folder = Directory.Exists(first) ? first : Path.GetDirectoryName(Path.GetFullPath(first))!;
        var opened = Products.Nearest(words, folder);
        var isChosen = words.GetValue(Settings.Config) is not null;
        return opened is null || isChosen || paths.All(path => path == "-" || IsInside(path, opened.Product)) ? opened : null;
    }

    private static bool IsInside(string path, ProductFile product)
    {
        var relative = Path.GetRelativePath(product.Folder, Path.GetFullPath(path));
        return !Path.IsPathRooted(relative)
            && relative != ".."
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static ScanSource.Piped StandardInput(ParseResult words, CancellationToken cancellation) => new(
        words.GetValue(Settings.StdinName) ?? "stdin", new InterruptibleInput(Console.OpenStandardInput(), cancellation));

    private static ScanSource SourceOf(string path, int count, ProductFile? product)
    {
        if (path.StartsWith('-') && !Path.Exists(path))
            throw Misunderstanding.OfOption(path, "scan"); // the parser takes it for a path
        if (!Path.Exists(path))
            throw new UserError($"there is no file or folder `{path}`", "name a folder, a file, or `-` for standard input");
        if (product is not null && IsInside(path, product))
            return ProductScan.Source(product.Folder, Path.GetRelativePath(product.Folder, Path.GetFullPath(path)));
        var shown = path.Replace('\\', '/').TrimEnd('/');
        return new ScanSource.OnDisk(path, !Directory.Exists(path) ? shown : count == 1 ? "" : shown + '/');
    }

    private static void Write(
        Outlet outlet, ParseResult words, ScanReport report, TagPolicy policy, TimeSpan elapsed, Stream output)
    {
        if (outlet.Format != "text")
        {
            ScanReports.Write(outlet.Format, words, report, policy, output);
            return;
        }

        ScanReports.WriteText(output, text =>
        {
            var findings = new FindingsText(Terminals.For(words, outlet), text, policy);
            findings.Write(report);
            findings.WriteSkipped(report);
            if (!words.GetValue(Settings.Quiet))
                findings.WriteSummary(report, elapsed);
        });
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
