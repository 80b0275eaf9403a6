using Untag.Guard;
using Untag.Server.Guard.Gate;
using Untag.Server.Guard.Replies;

namespace Untag.Server.Guard;

/// <summary>A request on its way: its number, the rules that were in force when it came, and what became of it.</summary>
internal sealed class GuardedRequest : IDisposable
{
    private readonly Ledger ledger;
    private readonly LogGate gate;
    private GuardOutcome outcome = GuardOutcome.Failed;
    private long places;

    public GuardedRequest(Ledger ledger, LogGate gate, GuardRules rules, GuardedRoute route)
    {
        this.ledger = ledger;
        this.gate = gate;
        Rules = rules;
        Route = route;
        Number = ledger.Enter();
    }

    /// <summary>Its number in the run.</summary>
    public ulong Number { get; }

    /// <summary>The rules that decide about it to its end, whatever is reloaded meanwhile.</summary>
    public GuardRules Rules { get; }

    /// <summary>What holds on its path.</summary>
    public GuardedRoute Route { get; }

    /// <summary>What has become of it so far.</summary>
    public GuardOutcome Outcome => outcome;

    /// <summary>It, or its reply, is not passed on.</summary>
    /// <returns>Ends when the entry is durable.</returns>
    /// <exception cref="LogShutException">The log does not take it.</exception>
    public async Task RefuseAsync(GuardPlace place, string reason, IReadOnlyList<string> rules)
    {
        var becomes = rules.Count > 0 ? GuardOutcome.Refused : GuardOutcome.Uninspectable;
        outcome = GuardOutcome.Failed; // until the log has it
        await WriteAsync(becomes, place, reason, rules.Distinct(StringComparer.Ordinal).ToDictionary(rule => rule, _ => 1L));
        outcome = becomes;
    }

    /// <summary>Something is taken out; on a route that only observes, it was seen. The first time there is an entry about it; what
    /// follows in the same reply is counted.</summary>
    /// <returns>Ends when the entry is durable; at once where nothing is enforced.</returns>
    /// <exception cref="LogShutException">The log does not take it.</exception>
    public async ValueTask StripAsync(GuardPlace place, IReadOnlyDictionary<string, long> rules)
    {
        var becomes = Route.Mode == ReplyMode.Observe ? GuardOutcome.Observed : GuardOutcome.Stripped;
        places += rules.Values.Sum();
        if (outcome == becomes)
            return;
        var written = WriteAsync(becomes, place, "tag", rules);
        if (becomes == GuardOutcome.Stripped)
            await written;
        outcome = becomes;
    }

    /// <summary>The answer went out to its end.</summary>
    public void Complete()
    {
        if (outcome == GuardOutcome.Failed)
            outcome = GuardOutcome.Clean;
    }

    /// <summary>Counts it.</summary>
    public void Dispose() => ledger.Decide(outcome, places);

    private Task WriteAsync(GuardOutcome becomes, GuardPlace place, string reason, IReadOnlyDictionary<string, long> rules) =>
        gate.WriteAsync(new GuardRecord.Met(gate.Run, Number, becomes, place, reason, rules, Rules.Policy.Digest));
}
