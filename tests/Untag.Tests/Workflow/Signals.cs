using System.Diagnostics;

namespace Untag.Tests.Workflow;

/// <summary>Sends signals to processes, where there are any.</summary>
internal static class Signals
{
    /// <summary>Sends a signal.</summary>
    /// <param name="name">Such as <c>TERM</c>.</param>
    /// <param name="process">Number of the process.</param>
    public static void Send(string name, string process)
    {
#pragma warning disable RS0030 // the framework sends none but the one that kills
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", process]))!;
#pragma warning restore RS0030
        kill.WaitForExit();
    }
}
