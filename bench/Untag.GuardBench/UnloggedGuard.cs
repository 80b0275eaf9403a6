using Untag.Guard;
using Untag.Server.Guard;
using Untag.Server.Guard.Gate;

namespace Untag.GuardBench;

/// <summary>The guard as it is but for its entries: they are counted and waited for, and neither made nor kept.</summary>
internal static class UnloggedGuard
{
    public static async Task RunAsync(string listen, string upstream)
    {
        var setup = GuardSetup.Read(GuardWords.Parse(["--listen", listen, "--upstream", upstream]), Directory.GetCurrentDirectory());
        await using var host = await GuardHost.StartAsync(setup, TimeProvider.System, (_, _) => new Nothing());
        await host.WaitAsync(CancellationToken.None);
    }

    private sealed class Nothing : IGuardLog
    {
        public bool IsShared => false;

        public string WhenUnusable => "";

        public string WhenUnwritable => "";

        public GuardRecord? Open() => null;

        public void Append(IReadOnlyList<GuardRecord> records)
        {
        }

        public void Publish()
        {
        }

        public void Dispose()
        {
        }
    }
}
