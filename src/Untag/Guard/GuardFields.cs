using System.Globalization;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;

namespace Untag.Guard;

/// <summary>The fields of an entry, read strictly: one that is missing, misspelt or not asked for makes the entry damaged.</summary>
internal sealed class GuardFields(LogEntry entry, string kind)
{
    /// <summary>How a time is spelt.</summary>
    public const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly HashSet<string> asked = new(["kind", "schema"], StringComparer.Ordinal);

    /// <summary>Codes with their counts, as they are written: <c>UT0103=2 UT0106=1</c>.</summary>
    public static string Word(IReadOnlyDictionary<string, long> counts) => string.Join(
        ' ', counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));

    public bool Has(string name) => entry[name] is not null;

    public string Text(string name)
    {
        asked.Add(name);
        return entry[name] ?? throw Damaged($"has no `{name}`");
    }

    /// <summary>The name of a run. The first logs of guards named runs by numbers: those are not read any more.</summary>
    public string Run(string name) => Text(name) is var run && GuardRun.IsName(run) ? run : throw Damaged($"has no name of a run as `{name}`");

    public ulong Number(string name) => Checkpoint.Number(Text(name)) ?? throw Damaged($"has no number as `{name}`");

    /// <summary>How many there were. More than two thousand million of anything in a second is damage, and would spoil the sums.</summary>
    public long Count(string name) => Number(name) is var number and <= int.MaxValue ? (long)number : throw Damaged($"has no number as `{name}`");

    public DateTimeOffset Time(string name) =>
        DateTimeOffset.TryParseExact(Text(name), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Damaged($"has no time as `{name}`");

    public string OneOf(string name, params ReadOnlySpan<string> words)
    {
        var word = Text(name);
        return words.Contains(word) ? word : throw Damaged($"has another word as `{name}`");
    }

    public Dictionary<string, long> Counts(string name)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var item in Text(name).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (code, number) = item.Split('=') is [var left, var right] ? (left, Checkpoint.Number(right)) : ("", null);
            if (number is not { } count || count > int.MaxValue || !counts.TryAdd(code, (long)count))
                throw Damaged($"has no counts as `{name}`");
        }

        return new Dictionary<string, long>(counts, StringComparer.Ordinal);
    }

    /// <summary>Refuses fields that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (name, _) in entry.Fields)
        {
            if (!asked.Contains(name))
                throw Damaged("has a field that is not known");
        }
    }

    private LogDamageException Damaged(string what) => new($"an entry of the kind `{kind}` {what}");
}
