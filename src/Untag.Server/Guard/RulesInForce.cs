using Untag.Guard;
using Untag.Server.Guard.Gate;

namespace Untag.Server.Guard;

/// <summary>The rules by which new requests are judged. Requests that are on their way keep those with which they came.</summary>
internal sealed class RulesInForce
{
    private volatile GuardRules current;

    private RulesInForce(GuardRules first) => current = first;

    /// <summary>The rules.</summary>
    public GuardRules Current => current;

    /// <summary>Puts the first rules in force.</summary>
    /// <returns>Ends when the log says so.</returns>
    /// <exception cref="LogShutException">The log does not take it.</exception>
    public static async Task<RulesInForce> BeginAsync(GuardRules rules, LogGate gate)
    {
        await gate.WriteAsync(Record(rules, gate));
        return new RulesInForce(rules);
    }

    /// <summary>Puts other rules in force, once the log says so.</summary>
    /// <exception cref="LogShutException">The log does not take it: the old ones stay.</exception>
    public async Task SwapAsync(GuardRules rules, LogGate gate)
    {
        await gate.WriteAsync(Record(rules, gate));
        current = rules;
    }

    private static GuardRecord.InForce Record(GuardRules rules, LogGate gate) =>
        new(gate.Run, rules.Policy.Name, rules.Policy.Digest, rules.ConfigurationDigest, rules.Enforces);
}
