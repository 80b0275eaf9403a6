using System.Threading.RateLimiting;
using Untag.Check;

namespace Untag.Server.Guard;

/// <summary>Lets in as many requests as the guard can work on. What is beyond is told so at once: nothing queues, so that nobody waits for
/// somebody who is slow.</summary>
internal sealed class Admission : IDisposable
{
    private readonly ConcurrencyLimiter together;
    private readonly FixedWindowRateLimiter? perSecond;

    public Admission(GuardLimits limits)
    {
        together = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limits.ConcurrencyMax, QueueLimit = 0 });
        perSecond = limits.RequestsPerSecondMax is { } most
            ? new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions { PermitLimit = most, QueueLimit = 0, Window = TimeSpan.FromSeconds(1) })
            : null;
    }

    /// <summary>A place for a request, to be let go at its end; null when there is none.</summary>
    public IDisposable? Enter()
    {
        if (perSecond is not null)
        {
            using var turn = perSecond.AttemptAcquire();
            if (!turn.IsAcquired)
                return null;
        }

        var place = together.AttemptAcquire();
        if (place.IsAcquired)
            return place;
        place.Dispose();
        return null;
    }

    public void Dispose()
    {
        together.Dispose();
        perSecond?.Dispose();
    }
}
