using System.Globalization;
using Untag.TransparencyLog;

namespace Untag.Guard;

/// <summary>Writes and reads the entries of a guard.</summary>
public static class GuardEntries
{
    private const string Prefix = "guard-";
    private const string StartedKind = Prefix + "started";
    private const string InForceKind = Prefix + "in-force";
    private const string MetKind = Prefix + "met";
    private const string TotalsKind = Prefix + "totals";
    private const string StoppedKind = Prefix + "stopped";

    /// <summary>Reads an entry; null when a guard did not write it.</summary>
    /// <exception cref="LogDamageException">It should be one of a guard, and is not whole.</exception>
    public static GuardRecord? Read(LogEntry entry)
    {
        if (entry["kind"] is not { } kind || !kind.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var fields = new GuardFields(entry, kind);
        GuardRecord record = kind switch
        {
            StartedKind => new GuardRecord.Started(fields.Run("run"), fields.Text("replica"), fields.Text("version"), fields.Time("at"), ReadUncounted(fields)),
            InForceKind => new GuardRecord.InForce(
                fields.Run("run"), fields.Text("policy-name"), fields.Text("policy"), fields.Text("configuration"),
                fields.OneOf("enforces", "yes", "no") == "yes"),
            MetKind => new GuardRecord.Met(
                fields.Run("run"), fields.Number("request"), ReadOutcome(fields), ReadPlace(fields), fields.Text("reason"),
                fields.Counts("rules"), fields.Text("policy")),
            TotalsKind => ReadTotals(fields),
            StoppedKind => new GuardRecord.Stopped(fields.Run("run"), fields.Time("at"), fields.Number("last")),
            _ => throw new LogDamageException($"an entry of the kind `{kind}` is of a newer version of Untag"),
        };
        fields.Close();
        return record;
    }

    internal static LogEntry Write(GuardRecord record)
    {
        List<KeyValuePair<string, string>> fields = record switch
        {
            GuardRecord.Started started =>
            [
                new("kind", StartedKind), new("run", started.Run), new("replica", started.Replica), new("version", started.Version), new("at", Word(started.At)),
                .. Write(started.Uncounted),
            ],
            GuardRecord.InForce force =>
            [
                new("kind", InForceKind), new("run", force.Run), new("policy-name", force.PolicyName), new("policy", force.PolicyDigest),
                new("configuration", force.ConfigurationDigest), new("enforces", force.Enforces ? "yes" : "no"),
            ],
            GuardRecord.Met met =>
            [
                new("kind", MetKind), new("run", met.Run), new("request", Word(met.Request)), new("outcome", met.Outcome.Word()),
                new("place", Word(met.Place)), new("reason", met.Reason), new("rules", GuardFields.Word(met.Rules)), new("policy", met.PolicyDigest),
            ],
            GuardRecord.Totals totals =>
            [
                new("kind", TotalsKind), new("run", totals.Run), new("at", Word(totals.At)), new("first", Word(totals.First)),
                new("last", Word(totals.Last)), new("places", Word(totals.Places)), new("open", Word(totals.Open)),
                .. GuardOutcomes.All.Select(outcome => new KeyValuePair<string, string>(outcome.Word(), Word(totals.Decided.GetValueOrDefault(outcome)))),
            ],
            GuardRecord.Stopped stopped =>
                [new("kind", StoppedKind), new("run", stopped.Run), new("at", Word(stopped.At)), new("last", Word(stopped.Last))],
            _ => throw new ArgumentOutOfRangeException(nameof(record), record, "there is no such record"),
        };
        return LogEntry.Of(fields);
    }

    private static IEnumerable<KeyValuePair<string, string>> Write(UncountedRun? uncounted) => uncounted is null
        ? []
        : [new("uncounted-run", uncounted.Run), new("uncounted-after", Word(uncounted.After)), new("uncounted-open", Word(uncounted.Open))];

    private static UncountedRun? ReadUncounted(GuardFields fields) => fields.Has("uncounted-run")
        ? new UncountedRun(fields.Run("uncounted-run"), fields.Number("uncounted-after"), fields.Count("uncounted-open"))
        : null;

    private static GuardRecord.Totals ReadTotals(GuardFields fields)
    {
        var decided = GuardOutcomes.All.ToDictionary(outcome => outcome, outcome => fields.Count(outcome.Word()));
        return new GuardRecord.Totals(
            fields.Run("run"), fields.Time("at"), fields.Number("first"), fields.Number("last"), decided, fields.Count("places"),
            fields.Count("open"));
    }

    private static GuardOutcome ReadOutcome(GuardFields fields)
    {
        var word = fields.OneOf("outcome", [.. GuardOutcomes.All.Where(outcome => outcome.HasEntry()).Select(outcome => outcome.Word())]);
        return GuardOutcomes.All.First(outcome => outcome.Word() == word);
    }

    private static GuardPlace ReadPlace(GuardFields fields) =>
        fields.OneOf("place", Word(GuardPlace.Request), Word(GuardPlace.Reply)) == Word(GuardPlace.Request) ? GuardPlace.Request : GuardPlace.Reply;

    private static string Word(GuardPlace place) => place == GuardPlace.Request ? "request" : "reply";

    private static string Word(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Word(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Word(DateTimeOffset time) => time.UtcDateTime.ToString(GuardFields.TimeForm, CultureInfo.InvariantCulture);
}
