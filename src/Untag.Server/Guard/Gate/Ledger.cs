using Untag.Guard;

namespace Untag.Server.Guard.Gate;

/// <summary>Numbers the requests of a run, and counts what became of them.</summary>
internal sealed class Ledger
{
    private readonly Lock gate = new();
    private readonly Dictionary<GuardOutcome, long> ever = Empty();
    private Dictionary<GuardOutcome, long> second = Empty();
    private ulong sealedUpTo;
    private ulong last;
    private long places;
    private long placesEver;
    private long open;

    /// <summary>A request came.</summary>
    /// <returns>Its number.</returns>
    public ulong Enter()
    {
        lock (gate)
        {
            open++;
            return ++last;
        }
    }

    /// <summary>A request is decided.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="placesOfIt">Places that were taken out, or only observed.</param>
    public void Decide(GuardOutcome outcome, long placesOfIt)
    {
        lock (gate)
        {
            second[outcome]++;
            ever[outcome]++;
            places += placesOfIt;
            placesEver += placesOfIt;
            open--;
        }
    }

    /// <summary>Closes a second: what came and was decided since the last one. The caller keeps it until it is in the log.</summary>
    /// <param name="run">Name of the run.</param>
    /// <param name="now">The time.</param>
    /// <param name="evenIfEmpty">True to have one in which nothing happened.</param>
    /// <returns>The second; null when nothing happened in it.</returns>
    public GuardRecord.Totals? Seal(string run, DateTimeOffset now, bool evenIfEmpty = false)
    {
        lock (gate)
        {
            if (!evenIfEmpty && last == sealedUpTo && second.Values.All(count => count == 0))
                return null;
            var totals = new GuardRecord.Totals(run, now, sealedUpTo + 1, last, second, places, open);
            (second, places, sealedUpTo) = (Empty(), 0, last);
            return totals;
        }
    }

    /// <summary>What was counted since the program began.</summary>
    public LedgerSums Sums()
    {
        lock (gate)
            return new LedgerSums(last, new Dictionary<GuardOutcome, long>(ever), placesEver, open);
    }

    private static Dictionary<GuardOutcome, long> Empty() => GuardOutcomes.All.ToDictionary(outcome => outcome, _ => 0L);
}

/// <summary>Sums of a run.</summary>
/// <param name="Requests">Requests that came.</param>
/// <param name="Decided">Requests by what became of them.</param>
/// <param name="Places">Places that were taken out, or only observed.</param>
/// <param name="Open">Requests that are not decided.</param>
internal sealed record LedgerSums(ulong Requests, IReadOnlyDictionary<GuardOutcome, long> Decided, long Places, long Open);
