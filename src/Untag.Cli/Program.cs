using System.CommandLine;
using System.Runtime;
using Untag.Cli;
using Untag.Scan.Reports;

if (args is ["--version"] or ["-V"])
{
    Console.Out.WriteLine($"{ToolVersion.Name} {ToolVersion.Version}");
    return ExitCode.Holds;
}

// Adding up what an audit counted makes much garbage at once: a thread that collects beside the others only takes a processor from
// them. What another command makes at its start, above all the terms of the policy, lives to its end: to collect before there is
// so much would find next to nothing. With the first byte more the framework collects as ever.
if (args is ["audit", ..])
    GCSettings.LatencyMode = GCLatencyMode.Batch;
else
    GC.TryStartNoGCRegion(64L << 20);

try
{
    var root = CommandTree.Build();
    var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    if (parsed.Errors.Count > 0 && !HelpPages.IsAskedFor(parsed))
        return Misunderstanding.Tell(parsed);
    using var interruption = new Interruption();
    // Without a time limit of the parser: after Ctrl-C what was found so far is written first.
    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        interruption.Token);
}
catch (OperationCanceledException)
{
    Terminal.WriteError("interrupted: nothing can be reported");
    return ExitCode.Interrupted;
}
catch (UserError error)
{
    Terminal.WriteError(error);
    return ExitCode.Failed;
}
catch (Exception bug) when (bug is not OutOfMemoryException)
{
    Terminal.WriteError(
        $"this is a bug in {ToolVersion.Name} {ToolVersion.Version}: {bug.GetType().Name}: {bug.Message}",
        "please report it, with the command and, if you may, the file: CONTRIBUTING.md says where");
    return ExitCode.Failed;
}
