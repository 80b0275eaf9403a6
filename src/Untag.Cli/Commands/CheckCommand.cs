using System.CommandLine;
using System.Diagnostics;
using Untag.Check;
using Untag.Check.Reports;
using Untag.Cli.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Cli.Commands;

/// <summary><c>untag check [DIR]</c>: judges every claim that the product makes checkable.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Folder = new("dir")
    {
        Description = "folder of the product",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => ".",
    };

    public static Command Build()
    {
        var command = new Command("check", "judge the claims that a product makes checkable")
        {
            Folder, Settings.Config, Settings.Policy, Settings.Strict, Settings.ExitZero, Settings.Format,
            Settings.Output, Settings.Color, Settings.Quiet,
        };
        command.SetAction((words, cancellation) => Task.FromResult(Run(words, cancellation)));
        return command;
    }

    private static int Run(ParseResult words, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var folder = words.GetValue(Folder)!;
        if (!Directory.Exists(folder))
            throw new UserError($"there is no folder `{folder}`", "name the folder of the product");
        var product = Products.Nearest(words, folder) ?? ProductFile.Of(folder);
        var policy = Policies.Open(words.GetValue(Settings.Policy) ?? product.Policy);
        CheckReport report;
        using (var progress = ProgressLine.ForTerminal(words.GetValue(Settings.Quiet)))
            report = Checker.Check(new CheckRequest(product, policy, TimeProvider.System), progress, cancellation);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var results = WriteFolder(report, policy, today);
        ResultOutput.Write(
            words.GetValue(Settings.Output),
            output => Write(words, report, policy, today, results, clock.Elapsed, output));
        return CodeOf(report, words, cancellation);
    }

    private static string WriteFolder(CheckReport report, TagPolicy policy, DateOnly today)
    {
        try
        {
            return ResultFolder.Write(report, policy, today);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError(
                $"cannot write {Path.Join(report.Product.Folder, ResultFolder.Name)}: {problem.Message.TrimEnd('.')}",
                "make the folder of the product writable");
        }
    }

    private static void Write(
        ParseResult words, CheckReport report, TagPolicy policy, DateOnly today, string results, TimeSpan elapsed, Stream output)
    {
        switch (words.GetValue(Settings.Format))
        {
            case "json":
                CheckJsonReport.Write(report, policy, today, output);
                return;
            case "sarif":
                SarifReport.Write(report.Scan, policy, output);
                return;
        }

        using var text = new StreamWriter(output, leaveOpen: true);
        if (words.GetValue(Settings.Format) == "github")
        {
            GitHubReport.Write(report.Scan, text);
            return;
        }

        var terminal = Terminals.For(words);
        var claims = new ClaimsText(terminal, text);
        var findings = new FindingsText(terminal, text, policy);
        claims.Write(report);
        findings.Write(report.Scan);
        findings.WriteSkipped(report.Scan);
        claims.WriteLaw(report, policy);
        if (words.GetValue(Settings.Quiet))
            return;
        claims.WriteShips(report);
        findings.WriteSummary(report.Scan, elapsed);
        text.WriteLine($"wrote {Shown(results)}/: report.html, claims.json, findings.sarif");
    }

    private static string Shown(string folder)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
        return relative.StartsWith("..", StringComparison.Ordinal) ? folder : relative;
    }

    private static int CodeOf(CheckReport report, ParseResult words, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            Terminal.WriteError("interrupted: the report is partial");
            return ExitCode.Interrupted;
        }

        if (!report.Complete)
        {
            var first = report.Scan.Complete
                ? report.UnreadShips[0]
                : $"{report.Scan.Skipped[0].Path}: {report.Scan.Skipped[0].Reason}";
            Terminal.WriteError($"partial: not everything was read; the first is {first}", "claims.json lists what is missing");
            return ExitCode.Failed;
        }

        if (words.GetValue(Settings.ExitZero))
            return ExitCode.Holds;
        var fails = report.Claims.Any(claim => claim.Verdict is ClaimVerdict.Fails or ClaimVerdict.Insufficient)
            || (words.GetValue(Settings.Strict) && report.Scan.Findings.Any(finding => finding.Level == Level.Warning));
        return fails ? ExitCode.Findings : ExitCode.Holds;
    }
}
