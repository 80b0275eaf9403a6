using System.Runtime.InteropServices;
using Untag.Scan.Reports;

namespace Untag.Server.Guard;

/// <summary><c>untag guard</c>: runs a guard until it is told to end.</summary>
internal static class GuardCommand
{
    /// <summary>Runs a guard.</summary>
    /// <exception cref="ServerError">It cannot start.</exception>
    public static async Task RunAsync(GuardWords words)
    {
        var setup = GuardSetup.Read(words, Directory.GetCurrentDirectory());
        using var ending = new CancellationTokenSource();
        using var fromKeyboard = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var fromSystem = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await using var guard = await GuardHost.StartAsync(setup, TimeProvider.System);
        foreach (var address in guard.Addresses)
            Console.Error.WriteLine($"guarding {Harmless.Text(setup.Upstream)} on {address}");
        Console.Error.WriteLine($"mode {setup.Section.Mode ?? "strip"}, policy {setup.Policy.Name} {setup.Policy.Digest[..12]}, log {Path.GetRelativePath(Directory.GetCurrentDirectory(), setup.LogFolder)}");
        if (guard.AdminAddress is { } admin)
            Console.Error.WriteLine($"admin on {admin}");
        using var anew = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            _ = guard.ReloadAsync(); // it tells by itself what became of it
        });
        await guard.WaitAsync(ending.Token);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
    }
}
