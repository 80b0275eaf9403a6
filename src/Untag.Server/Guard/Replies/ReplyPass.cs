using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies;

/// <summary>One reply on its way: what may go to the client next, and what was taken out of it and is not logged yet.</summary>
/// <param name="rules">The policy.</param>
/// <param name="limits">The limits.</param>
/// <param name="mode">What becomes of a tag.</param>
internal sealed class ReplyPass(ReplyRules rules, ReplyLimits limits, ReplyMode mode) : IDisposable
{
    /// <summary>Code for what a contract does not declare.</summary>
    public const string Undeclared = "undeclared";

    /// <summary>Code for a tensor that is not listed.</summary>
    public const string UnlistedTensor = "unlisted-tensor";

    /// <summary>Code for a field that the descriptors do not know.</summary>
    public const string UnknownField = "unknown-field";

    private const int OutputBytes = 4 << 10; // most replies fit, and it need not grow

    private readonly Dictionary<(string Rule, string Where), int> met = [];
    private HeldBytes? output;

    public ReplyRules Rules { get; } = rules;

    public ReplyLimits Limits { get; } = limits;

    public ReplyMode Mode { get; } = mode;

    /// <summary>The bytes that may go to the client, once what was met is logged.</summary>
    public HeldBytes Output => output ??= new(OutputBytes);

    /// <summary>Places by rule, in all.</summary>
    public Dictionary<string, int> Totals { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>The same reply with another output: for a text that holds JSON.</summary>
    public ReplyPass Inner() => new(Rules, Limits, Mode) { Totals = Totals };

    /// <summary>Notes a tag.</summary>
    /// <param name="rule">Code of the rule.</param>
    /// <param name="where">Path of names.</param>
    /// <returns>True when it is to be taken out.</returns>
    /// <exception cref="ReplyRefusedException">The route refuses such replies.</exception>
    public bool Strikes(string rule, string where)
    {
        if (Mode == ReplyMode.Block)
            throw new ReplyRefusedException(new Refusal(RefusalReason.Tag, $"the reply carries a tag at {where}", [rule]));
        met[(rule, where)] = met.GetValueOrDefault((rule, where)) + 1;
        return Mode == ReplyMode.Strip;
    }

    /// <summary>Notes what was met inside of a text, once the text is known to be what it seemed.</summary>
    public void TakeOver(ReplyPass inner)
    {
        foreach (var (place, count) in inner.met)
            met[place] = met.GetValueOrDefault(place) + count;
    }

    /// <summary>What was met since the last time.</summary>
    public IReadOnlyList<Strip> TakeStrips()
    {
        if (met.Count == 0)
            return [];
        List<Strip> strips = [.. met.Select(place => new Strip([place.Key.Rule], place.Value, place.Key.Where))];
        foreach (var strip in strips)
            Totals[strip.Rules[0]] = Totals.GetValueOrDefault(strip.Rules[0]) + strip.Count;
        met.Clear();
        return strips;
    }

    /// <summary>True when a tag was met that is not logged yet.</summary>
    public bool HasStrips => met.Count > 0;

    /// <summary>Gives back the room of the output.</summary>
    public void Dispose() => output?.Dispose();
}
