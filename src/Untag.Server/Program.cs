using Untag.Scan.Reports;
using Untag.Server;
using Untag.Server.Guard;

// `untag guard` starts this program with its words; docs/guard.md tells what they mean.
try
{
    switch (args)
    {
        case ["--version"]:
            Console.Out.WriteLine($"untag-server {ToolVersion.Version}");
            return 0;
        case ["guard", "health", .. var words]:
            return await HealthCommand.RunAsync(HealthWords.Parse(words));
        case ["guard", .. var words]:
            await GuardCommand.RunAsync(GuardWords.Parse(words));
            return 0;
        default:
            throw new ServerError("what is to be started?", "`untag guard --help` shows what is understood");
    }
}
catch (ServerError error)
{
    Console.Error.WriteLine($"error: {Harmless.Text(error.Message)}");
    foreach (var detail in error.Details)
        Console.Error.WriteLine($"  {Harmless.Text(detail)}");
    if (error.Hint is not null)
        Console.Error.WriteLine($"hint: {Harmless.Text(error.Hint)}");
    return 2;
}
