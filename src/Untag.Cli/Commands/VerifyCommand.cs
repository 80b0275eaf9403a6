using System.CommandLine;
using Untag.Cli.Text;
using Untag.Evidence;
using Untag.Evidence.Bundles;

namespace Untag.Cli.Commands;

/// <summary><c>untag verify BUNDLE</c>: verifies evidence offline.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Bundle = ProveCommand.BundleArgument();

    public static Command Build()
    {
        var command = new Command("verify", "verify signed evidence, offline")
        {
            Bundle, Settings.Key, Settings.Product, Settings.Previous, Settings.LogKey, Settings.Witness, Settings.Checkpoint, Settings.TimestampRoot,
             Settings.Format, Settings.Output, Settings.Color,
        };
        command.SetAction(words => Run(words));
        return command;
    }

    /// <summary>The bytes of a bundle, or of what is no larger.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="what">What it is called.</param>
    /// <exception cref="UserError">They cannot be read.</exception>
    public static byte[] Read(string path, string what)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > BundleArchive.BytesMax })
                throw new UserError($"`{path}` is larger than any bundle", "name the file that `untag prove` wrote");
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"the {what} `{path}` cannot be read: {FileProblem.InWords(problem)}", what == "bundle" ? "name the file that `untag prove` wrote" : "name a file that is there");
        }
    }

    /// <summary>The bundle before the one at hand; null when the words name none.</summary>
    /// <exception cref="UserError">It is not what was signed.</exception>
    public static PreviousBundle? ReadPrevious(ParseResult words)
    {
        if (words.GetValue(Settings.Previous) is not { } path)
            return null;
        try
        {
            return PreviousBundle.Open(Read(path, "bundle"));
        }
        catch (VerifyException problem)
        {
            throw new UserError($"nothing can be compared with `{path}`: {problem.Message}", "name with --previous a bundle that `untag verify` accepts");
        }
    }

    private static int Run(ParseResult words)
    {
        var outlet = Outlets.Single(words, "a verification", "text", "json");
        var path = words.GetValue(Bundle)!;
        var folder = words.GetValue(Settings.Product);
        if (folder is not null && !Directory.Exists(folder))
            throw new UserError($"there is no folder `{folder}`", "name the folder of the product");
        using var key = words.GetValue(Settings.Key) is { } named ? Keys.Read(named) : null;
        var request = new VerifyRequest
        {
            Bundle = Read(path, "bundle"),
            Key = key,
            ProductFolder = folder,
            Previous = ReadPrevious(words),
            LogKey = words.GetValue(Settings.LogKey) is { } logKey ? Keys.ReadVerifier(logKey) : null,
            Witnesses = [.. words.GetValue(Settings.Witness)!.Select(Keys.ReadWitnessKey)],
            TimestampRoots = words.GetValue(Settings.TimestampRoot) is { } root ? Keys.ReadCertificates(root) : null,
            Checkpoint = words.GetValue(Settings.Checkpoint) is { } seen ? Keys.ReadCheckpoint(seen) : null,
            Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
        };
        Verification verification;
        try
        {
            verification = Verifier.Verify(request);
        }
        catch (VerifyException problem)
        {
            Terminal.WriteError(problem.Message, $"nothing that `{path}` says may be relied on");
            return (int)problem.Failure;
        }

        ResultOutput.Write(outlet.File, output =>
        {
            if (outlet.Format == "json")
                VerificationReport.Write(verification, output);
            else
                ScanReports.WriteText(output, text => new VerificationText(Terminals.For(words, outlet), text).Write(verification));
        });
        return verification.Holds ? ExitCode.Holds : ExitCode.Findings;
    }
}
