using System.CommandLine;
using System.Security.Cryptography;
using Untag.Check;
using Untag.Evidence;
using Untag.Evidence.Statements;
using Untag.TransparencyLog.Witnessing;

namespace Untag.Cli.Commands;

/// <summary><c>untag prove [DIR]</c>: signs what a check finds, also when a claim fails; <c>untag prove countersign</c>,
/// <c>untag prove withhold</c> and <see cref="TimestampCommand"/> make further editions of a bundle.</summary>
internal static class ProveCommand
{
    private static readonly Argument<string> Folder = CheckCommand.FolderArgument();

    private static readonly Argument<string> Bundle = BundleArgument();

    private static readonly Argument<string[]> Documents = new("document")
    {
        Description = "documents of the bundle, such as findings.sarif",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Build()
    {
        var command = new Command("prove", "check a product and sign what was found, whatever the verdicts")
        {
            Folder, Settings.Key, Settings.AffirmedBy, Settings.Previous, Settings.Log, Settings.LogKey, Settings.Witness, Settings.Output, Settings.Quiet, BuildCountersign(), BuildWithhold(), TimestampCommand.Build(),
        };
        foreach (var option in CheckCommand.WhatToCheck)
            command.Add(option);
        command.SetAction((words, cancellation) => Task.FromResult(Run(words, cancellation)));
        return command;
    }

    /// <summary>The bundle that a further edition is made of.</summary>
    public static Argument<string> BundleArgument() => new("bundle") { Description = "bundle that `untag prove` made" };

    /// <summary>Writes what is made of a bundle, if it can be.</summary>
    public static int Edit(string bundle, string output, Func<ReadOnlyMemory<byte>, byte[]> edit)
    {
        var bytes = VerifyCommand.Read(bundle, "bundle");
        try
        {
            var edited = Signed(() => edit(bytes));
            ResultOutput.Write(output, stream => stream.Write(edited));
        }
        catch (VerifyException problem)
        {
            Terminal.WriteError(problem.Message);
            return (int)problem.Failure;
        }

        Console.Out.WriteLine($"wrote {output}");
        return ExitCode.Holds;
    }

    /// <summary>The file to write.</summary>
    /// <exception cref="UserError">The words name none.</exception>
    public static string OutputOf(ParseResult words) => words.GetValue(Settings.Output)
        ?? throw new UserError("where to?", "name a file: --output product.untag");

    private static Command BuildCountersign()
    {
        var command = new Command("countersign", "say with a key of one's own what one thinks of a statement")
        {
            Bundle, Settings.Key, Settings.By, Settings.Says, Settings.Remark, Settings.Output,
        };
        command.SetAction(words => Countersign(words));
        return command;
    }

    private static Command BuildWithhold()
    {
        var command = new Command("withhold", "leave documents out of a bundle, which are then shown as withheld")
        {
            Bundle, Documents, Settings.Output,
        };
        command.SetAction(words => Edit(
            words.GetValue(Bundle)!, OutputOf(words), bundle => Redaction.Withhold(bundle, words.GetValue(Documents)!)));
        return command;
    }

    private static int Run(ParseResult words, CancellationToken cancellation)
    {
        var output = OutputOf(words);
        var request = CheckCommand.Meaning(words, words.GetValue(Folder)!);
        var product = request.Product;
        using var key = Keys.ReadSigner(KeyOf(words, product));
        var logKey = Logs.KeyFor(words);
        var witnesses = WitnessesOf(words);
        var previous = VerifyCommand.ReadPrevious(words);
        if (product.Ships.Count == 0)
        {
            throw new UserError(
                "what is to be proved? the product file names nothing that ships",
                "list what is released under `ships` in untag.yaml: `untag help config` shows how");
        }

        request = request with
        {
            Scan = request.Scan with { OwnFiles = Baselines.OwnFiles(words, product, [new Outlet("untag", output)]) },
        };
        CheckReport report;
        using (var progress = ProgressLine.ForTerminal(words.GetValue(Settings.Quiet)))
            report = Checker.Check(request, progress, cancellation);
        if (cancellation.IsCancellationRequested)
            return CheckCommand.CodeOf(report, words, cancellation);
        if (report.Shipped.Count == 0)
        {
            throw new UserError(
                "nothing ships: " + string.Join("; ", report.Gaps.Select(gap => $"{gap.Entry}: {gap.Reason}")),
                "build the product first, or mend `ships` in untag.yaml");
        }

        var terms = new ProofTerms(
            words.GetValue(Settings.AffirmedBy), product.Prove?.ValidDays ?? ProofTerms.StandardDays, DigestOfProgram());
        var bundle = Signed(() => Bundler.Make(DraftOf(report, request, terms) with { Previous = previous }, key));
        var allSigned = true;
        if (words.GetValue(Settings.Log) is { } log)
            (bundle, allSigned) = Logs.Add(log, logKey!, bundle, report.CheckedOn, witnesses, cancellation);
        ResultOutput.Write(output, stream => stream.Write(bundle));
        foreach (var claim in report.Claims)
        {
            var partial = claim.Partial ? ", partial" : "";
            Console.Out.WriteLine($"{Claims.Verdict(claim.Verdict).Replace('-', ' ').PadRight(12)} {claim.Claim}{partial}");
        }

        Console.Out.WriteLine($"wrote {output}: signed by sha256:{key.Fingerprint}, valid until {report.CheckedOn.AddDays(terms.ValidDays):yyyy-MM-dd}");
        return allSigned ? CheckCommand.CodeOf(report, words, cancellation) : ExitCode.Failed;
    }

    // The variable may name witnesses for other commands: without a log it is passed over, the option is not.
    private static IReadOnlyList<Witness> WitnessesOf(ParseResult words)
    {
        if (words.GetValue(Settings.Log) is not null)
            return Keys.ReadWitnesses(words.GetValue(Settings.Witness)!);
        return words.GetResult(Settings.Witness) is { Implicit: false }
            ? throw new UserError("of which log is the witness to sign the checkpoint?", "name it: --log FOLDER --log-key KEY")
            : [];
    }

    private static BundleDraft DraftOf(CheckReport report, CheckRequest request, ProofTerms terms)
    {
        try
        {
            return ProductEvidence.Of(report, request.Policy, terms);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"a file of `prove.attach` cannot be read: {FileProblem.InWords(problem)}", "mend its path in untag.yaml");
        }
    }

    private static string KeyOf(ParseResult words, ProductFile product)
    {
        if (words.GetValue(Settings.Key) is { } given)
            return given;
        return product.Prove?.Key switch
        {
            null => throw new UserError("with which key?", "name it: --key signing.pem; `untag keys new` makes one"),
            var named when named.StartsWith("env:", StringComparison.Ordinal) => named,
            var path => Path.Join(product.Folder, path),
        };
    }

    private static int Countersign(ParseResult words)
    {
        var by = words.GetValue(Settings.By) ?? throw new UserError("who says it?", "name them: --by \"A. Roe, assessor\"");
        using var key = Keys.ReadSigner(words.GetValue(Settings.Key) ?? throw new UserError("with which key?", "name it: --key mine.pem"));
        var says = new CountersignPredicate(
            by, words.GetValue(Settings.Says)!, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            words.GetValue(Settings.Remark));
        return Edit(words.GetValue(Bundle)!, OutputOf(words), bundle =>
        {
            // Whoever countersigns has verified: a broken bundle gets no further signature.
            Verifier.Verify(new VerifyRequest { Bundle = bundle, Today = says.On });
            return Countersigning.Add(bundle, says, key);
        });
    }

    private static byte[] Signed(Func<byte[]> make)
    {
        try
        {
            return make();
        }
        catch (FormatException problem)
        {
            throw new UserError($"the key cannot be used: {problem.Message}", "name the private key");
        }
        catch (VerifyException problem) when (problem.Failure is VerifyFailure.OtherPrevious or VerifyFailure.OlderThanSeen)
        {
            throw new UserError(problem.Message, "name with --previous the last bundle of this product");
        }
        catch (ArgumentException problem)
        {
            throw new UserError(problem.Message, "withhold large documents, or prove a smaller product");
        }
    }

    private static string? DigestOfProgram()
    {
        try
        {
            using var program = File.OpenRead(Environment.ProcessPath ?? "");
            return Convert.ToHexStringLower(SHA256.HashData(program));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
