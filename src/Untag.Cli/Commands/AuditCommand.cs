using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Untag.Audit;
using Untag.Audit.Reports;
using Untag.Cli.Text;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;

namespace Untag.Cli.Commands;

/// <summary><c>untag audit DATA...</c>: measures what outputs and decisions say about groups; <c>untag audit merge PART...</c>: the
/// same from sums; <c>untag audit plan</c>: what will be measured.</summary>
internal static class AuditCommand
{
    private static readonly Argument<string[]> Tables = new("data")
    {
        Description = "tables (Parquet, Arrow, CSV, TSV, JSON Lines) of the same columns, or patterns; else those of untag.yaml",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Argument<string[]> Parts = new("part")
    {
        Description = "files that --partial wrote",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Build()
    {
        var command = new Command("audit", "measure whether outputs identify a group, or decisions single one out")
        {
            Tables, Settings.Group, Settings.Person, Settings.Strata, Settings.Outputs, Settings.Embedding, Settings.Then, Settings.Decision, Settings.Truth, Settings.LeakAuc,
            Settings.RateGap, Settings.Fte, Settings.Fta, Settings.LabelNoise, Settings.Cohorts, Settings.Plan, Settings.Partial, Settings.Config, Settings.Format, Settings.Output, Settings.Color, Settings.ExitZero,
            BuildMerge(), BuildPlan(),
        };
        command.SetAction((words, cancellation) => Task.FromResult(Run(words, cancellation)));
        return command;
    }

    private static Command BuildMerge()
    {
        var merge = new Command("merge", "judge the sums that `untag audit --partial` wrote of different people")
        {
            Parts, Settings.Format, Settings.Output, Settings.Color, Settings.ExitZero,
        };
        merge.SetAction((words, cancellation) => Task.FromResult(
            Tell(words, () => AuditPartials.Merge(words.GetValue(Parts)!, cancellation))));
        return merge;
    }

    private static Command BuildPlan()
    {
        var command = new Command("plan", "write what will be measured, before any data are read")
        {
            Settings.Group, Settings.Cohorts, Settings.Person, Settings.Strata, Settings.Outputs, Settings.Embedding, Settings.Then, Settings.Decision, Settings.Truth,
            Settings.Fte, Settings.Fta, Settings.LabelNoise, Settings.LeakAuc, Settings.RateGap, Settings.Config, Settings.Log, Settings.LogKey, Settings.Output,
        };
        command.SetAction(words =>
        {
            var key = Logs.KeyFor(words);
            var request = Mendable(() => AuditWords.Planned(words));
            using var written = new MemoryStream();
            AuditPlan.Write(request, written);
            var plan = written.ToArray();
            ResultOutput.Write(words.GetValue(Settings.Output), output => output.Write(plan));
            if (words.GetValue(Settings.Log) is { } log)
                Tell(log, key!, plan);
            return ExitCode.Holds;
        });
        return command;
    }

    // Whoever has a checkpoint of the log from before the data were read can tell that the plan was there.
    private static void Tell(string log, SigningKey key, byte[] plan)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(plan));
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var index = Logs.Add(log, key, LogEntry.OfPlan(digest, day));
        Terminal.WriteDone(string.Create(CultureInfo.InvariantCulture, $"entry {index} of {key.Verifier.Name} holds the digest of the plan: {digest}"));
    }

    private static int Run(ParseResult words, CancellationToken cancellation)
    {
        var (request, tables) = Mendable(() => AuditWords.Meaning(words, words.GetValue(Tables)!));
        if (words.GetValue(Settings.Partial) is not { } partial)
            return Tell(words, () => Auditor.Audit(request, tables, cancellation));
        var sums = Mendable(() => Auditor.PartSums(request, tables, cancellation));
        ResultOutput.Write(partial, output => AuditPartials.Write(request, sums, output));
        Terminal.WriteDone(request.Embedding is null
            ? $"wrote {partial}: it holds counts of few people, keep it like the table"
            : $"wrote {partial}: {AuditPartials.EmbeddingWarning}");
        return ExitCode.Holds;
    }

    private static int Tell(ParseResult words, Func<AuditReport> audit)
    {
        var outlet = Outlets.Single(words, "an audit", "text", "json", "html");
        var report = Mendable(audit);
        ResultOutput.Write(outlet.File, output => Write(outlet, words, report, output));
        return report.Holds || words.GetValue(Settings.ExitZero) ? ExitCode.Holds : ExitCode.Findings;
    }

    private static T Mendable<T>(Func<T> audit)
    {
        try
        {
            return audit();
        }
        catch (AuditInputException problem)
        {
            throw new UserError(problem.Message, problem.Hint);
        }
    }

    private static void Write(Outlet outlet, ParseResult words, AuditReport report, Stream output)
    {
        if (outlet.Format == "json")
            AuditJsonReport.Write(report, output);
        else if (outlet.Format == "html")
            ScanReports.WriteText(output, text => AuditHtmlReport.Write(report, text));
        else
            ScanReports.WriteText(output, text => new AuditText(Terminals.For(words, outlet), text).Write(report));
    }
}
