using Untag.Guard;
using Untag.TransparencyLog;

namespace Untag.Server.Guard.Gate;

/// <summary>Where what a guard says becomes durable: in files (<see cref="FileLog"/>), or in a database that many guards write to
/// (<see cref="DatabaseLog"/>). One thread uses it.</summary>
internal interface IGuardLog : IDisposable
{
    /// <summary>True when others write too: then a guard says something even when nothing comes, so that its end is noticed.</summary>
    bool IsShared { get; }

    /// <summary>What to do when it cannot be used, as a hint for people.</summary>
    string WhenUnusable { get; }

    /// <summary>What to do when it cannot be written.</summary>
    string WhenUnwritable { get; }

    /// <summary>Opens it, or opens it anew after a failure: only then is it known what it has taken.</summary>
    /// <returns>The newest entry of this guard that tells how far a run is counted (<see cref="LastRun.Tells"/>); null when there is none.
    /// </returns>
    /// <exception cref="IOException">It does not work now.</exception>
    /// <exception cref="LogDamageException">It cannot be used.</exception>
    GuardRecord? Open();

    /// <summary>Adds entries, one behind the other, and returns when they are durable.</summary>
    /// <exception cref="IOException">It does not work: it must be opened anew.</exception>
    /// <exception cref="LogDamageException">It cannot be used.</exception>
    void Append(IReadOnlyList<GuardRecord> records);

    /// <summary>Shows readers what is durable, if that is this guard's task, and finds out whether it works.</summary>
    /// <exception cref="IOException">It does not work: it must be opened anew.</exception>
    /// <exception cref="LogDamageException">It cannot be used.</exception>
    void Publish();
}
