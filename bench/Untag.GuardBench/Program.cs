using Untag.GuardBench;

// What bench/guard.sh runs: a service, a proxy that filters nothing, and the load.
// usage: Untag.GuardBench service ADDRESS
//        Untag.GuardBench bare ADDRESS UPSTREAM
//        Untag.GuardBench unlogged LISTEN UPSTREAM
//        Untag.GuardBench long-values
//        Untag.GuardBench load URL CONNECTIONS SECONDS
switch (args)
{
    case ["service", var address]:
        await Service.RunAsync(address);
        return 0;
    case ["bare", var address, var upstream]:
        await BareProxy.RunAsync(address, upstream);
        return 0;
    case ["unlogged", var listen, var upstream]:
        await UnloggedGuard.RunAsync(listen, upstream);
        return 0;
    case ["long-values"]:
        await LongValues.RunAsync();
        return 0;
    case ["load", var url, var connections, var seconds]:
        Console.WriteLine(await Load.RunAsync(new Uri(url), int.Parse(connections, provider: null), double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));
        return 0;
    default:
        Console.Error.WriteLine("error: service, bare, unlogged, long-values or load?");
        return 2;
}
