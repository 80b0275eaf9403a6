using System.CommandLine;
using System.Diagnostics;
using Untag.Check;
using Untag.Check.Reports;
using Untag.Cli.Text;
using Untag.Policy;
using Untag.Scan;

namespace Untag.Cli.Commands;

/// <summary><c>untag check [DIR]</c>: judges every claim that the product makes checkable.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Folder = FolderArgument();

    /// <summary>The options that say what is checked and how.</summary>
    public static IEnumerable<Option> WhatToCheck =>
    [
        Settings.Exclude, Settings.NoIgnore, Settings.Config, Settings.Policy, Settings.Sensitive, Settings.Jobs,
        .. LimitOptions.All,
    ];

    public static Command Build()
    {
        var command = new Command("check", "judge the claims that a product makes checkable, and write .untag/")
        {
            Folder, Settings.Strict, Settings.ExitZero, Settings.Format, Settings.Output, Settings.Color, Settings.Quiet,
        };
        foreach (var option in WhatToCheck)
            command.Add(option);
        command.SetAction((words, cancellation) => Task.FromResult(Run(words, cancellation)));
        return command;
    }

    /// <summary>The folder of the product: the one that one is in, when none is named.</summary>
    public static Argument<string> FolderArgument() => new("dir")
    {
        Description = "folder of the product",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => ".",
    };

    private static int Run(ParseResult words, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var outlets = Outlets.Of(words);
        var request = Meaning(words, words.GetValue(Folder)!);
        request = request with
        {
            Scan = request.Scan with { OwnFiles = Baselines.OwnFiles(words, request.Product, outlets) },
        };
        CheckReport report;
        using (var progress = ProgressLine.ForTerminal(words.GetValue(Settings.Quiet)))
            report = Checker.Check(request, progress, cancellation);
        var problem = CheckFolder.Write(report, request.Policy);
        foreach (var outlet in outlets)
        {
            ResultOutput.Write(
                outlet.File, output => Write(outlet, words, report, request.Policy, problem is null, clock.Elapsed, output));
        }

        Baselines.Tell(report.Baseline);
        ScanReports.TellLimits([.. outlets, new Outlet("sarif", CheckFolder.Name)], report.Scan);
        if (problem is not null)
            throw new UserError(problem, "make the folder of the product writable, or take the link away");
        return CodeOf(report, words, cancellation);
    }

    /// <summary>What was typed, turned into what it means.</summary>
    public static CheckRequest Meaning(ParseResult words, string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserError($"there is no folder `{folder}`", "name the folder of the product");
        var opened = Products.Nearest(words, folder) ?? new OpenedProduct(
            ProductFile.Without(Path.GetFullPath(folder)), Products.ChosenPolicy(words) ?? TagPolicy.Default);
        var scan = ProductScan.Request(opened.Product, opened.Policy);
        return new CheckRequest
        {
            Product = opened.Product,
            Policy = opened.Policy,
            Scan = scan with
            {
                Exclude = [.. scan.Exclude, .. words.GetValue(Settings.Exclude)!],
                IgnoreFiles = words.GetValue(Settings.NoIgnore) ? IgnoreFiles.Disregarded : IgnoreFiles.Respected,
                Traits = words.GetValue(Settings.Sensitive) ? TraitScope.Sensitive : TraitScope.Forbidden,
                Limits = LimitOptions.Of(words, scan.Limits),
                Workers = words.GetValue(Settings.Jobs),
            },
            Baseline = Baselines.OfProduct(opened.Product, opened.Policy),
        };
    }

    private static void Write(
        Outlet outlet, ParseResult words, CheckReport report, TagPolicy policy, bool wroteFolder, TimeSpan elapsed,
        Stream output)
    {
        switch (outlet.Format)
        {
            case "json":
                ClaimsReport.Write(report, output);
                break;
            case "junit":
                ClaimsJUnit.Write(report, policy, ScanReports.FailsFrom(words), output);
                break;
            case "html":
                ScanReports.WriteText(output, text => HtmlReport.Write(report, policy, text));
                break;
            case "markdown":
                ScanReports.WriteText(output, text => ClaimsMarkdown.Write(report, policy, text));
                break;
            case "text":
                var terminal = Terminals.For(words, outlet);
                ScanReports.WriteText(
                    output, text => WriteText(terminal, text, words, report, policy, wroteFolder, elapsed));
                break;
            default:
                ScanReports.Write(outlet.Format, words, report.Scan, policy, output);
                break;
        }
    }

    private static void WriteText(
        Terminal terminal, TextWriter text, ParseResult words, CheckReport report, TagPolicy policy, bool wroteFolder,
        TimeSpan elapsed)
    {
        var claims = new ClaimsText(terminal, text);
        var findings = new FindingsText(terminal, text, policy);
        claims.Write(report);
        findings.Write(report.Scan);
        findings.WriteSkipped(report.Scan);
        claims.WriteLaw(report);
        if (words.GetValue(Settings.Quiet))
            return;
        claims.WriteShips(report);
        findings.WriteSummary(report.Scan, elapsed);
        if (wroteFolder)
            text.WriteLine($"wrote {Shown(report.Product.Folder)}/: report.html, claims.json, findings.sarif");
    }

    private static string Shown(string product)
    {
        var folder = Path.Join(product, CheckFolder.Name);
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
        return relative.StartsWith("..", StringComparison.Ordinal) ? folder : relative;
    }

    /// <summary>The exit code of a check; what is partial is told.</summary>
    public static int CodeOf(CheckReport report, ParseResult words, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            Terminal.WriteError("interrupted: the report is partial");
            return ExitCode.Interrupted;
        }

        if (report.Partial)
        {
            var claim = report.Claims.First(claim => claim.Partial);
            Terminal.WriteError(
                $"partial: {claim.Claim} was not checked as a whole: {claim.Failed[^1]}",
                claim.Next.Count == 0 ? null : claim.Next[^1]);
            return ExitCode.Failed;
        }

        if (words.GetValue(Settings.ExitZero))
            return ExitCode.Holds;
        var warned = words.GetValue(Settings.Strict) && report.Scan.Findings.Any(finding => finding.Level == Level.Warning);
        return report.Fails || warned ? ExitCode.Findings : ExitCode.Holds;
    }
}
