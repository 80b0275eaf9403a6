using System.Runtime.InteropServices;

namespace Untag.Cli;

/// <summary>Ctrl-C: the first asks the work to end and to report what it has, the second ends the program at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration fromKeyboard;
    private readonly PosixSignalRegistration fromSystem;

    public Interruption()
    {
        fromKeyboard = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        fromSystem = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        fromKeyboard.Dispose();
        fromSystem.Dispose();
        source.Dispose();
    }

    private void End(PosixSignalContext signal)
    {
        if (source.IsCancellationRequested)
            return; // the signal does what it does without us
        signal.Cancel = true;
        source.Cancel();
    }
}
