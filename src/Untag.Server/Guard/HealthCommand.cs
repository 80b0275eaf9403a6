using Untag.Policy;
using Untag.Scan.Reports;
using Untag.Server.Guard.Admin;

namespace Untag.Server.Guard;

/// <summary><c>untag guard health</c>: asks a guard of this machine whether it is ready.</summary>
internal static class HealthCommand
{
    /// <summary>Asks, and prints the answer in a line.</summary>
    /// <returns>The exit code: 0 when it is ready, 1 when it says that it is not.</returns>
    /// <exception cref="ServerError">It cannot be asked.</exception>
    public static async Task<int> RunAsync(HealthWords words)
    {
        // A policy that was damaged since changes nothing for the guard, so it is not read: the one in Untag stands in for it.
        var folder = Directory.GetCurrentDirectory();
        var (product, _) = GuardSetup.ReadProduct(words.Config, TagPolicy.Default, folder);
        using var client = AdminClient.Of(product, words.Certificate is { } path ? Path.Combine(folder, path) : null);
        var reason = await client.WhyNotReadyAsync(words.Timeout);
        Console.Out.WriteLine(reason is null ? "ready" : $"not ready: {Harmless.Text(reason)}");
        return reason is null ? 0 : 1;
    }
}
