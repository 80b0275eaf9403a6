using System.Text;

namespace Untag.Scan.Containers;

/// <summary>Takes an entry: its name in the container, and its bytes.</summary>
internal delegate void EntryReader(string name, Stream content);

/// <summary>Hands the entries of one container to their reader, and keeps what is wrong with them.</summary>
/// <param name="budget">What reading may cost.</param>
/// <param name="read">Takes each entry.</param>
internal sealed class Entries(ReadingBudget budget, EntryReader read)
{
    private const int ShownMax = 3;

    private readonly List<string> problems = [];
    private int problemCount;
    private bool isOpened;

    /// <summary>What reading may cost.</summary>
    public ReadingBudget Budget => budget;

    /// <summary>Hands over an entry whose bytes lie in the container as they are.</summary>
    /// <returns>False when nothing behind it can be read.</returns>
    public bool ReadStored(string name, Stream content) => Read(name, content);

    /// <summary>Hands over an entry whose bytes a decoder unpacks.</summary>
    /// <returns>False when nothing behind it can be read, if that comes from the same decoder.</returns>
    public bool ReadUnpacked(string name, Stream unpacked) => Read(name, new ExpandingStream(unpacked, budget));

    /// <summary>Keeps why an entry was not read.</summary>
    public void Refuse(string name, string why)
    {
        isOpened = true;
        Report($"{Shown(name)} was not read: {why}");
    }

    /// <summary>Keeps a problem of the container. When a limit was met, all else is a consequence of it.</summary>
    public void Report(string problem)
    {
        if (budget.Exceeded is null && problemCount++ < ShownMax)
            problems.Add(problem);
    }

    /// <summary>Keeps what ended the reading of the container.</summary>
    public void ReportEnd(string why) =>
        Report(isOpened ? $"it was read up to the damage only: {why}" : $"it was not opened: {why}");

    /// <summary>All problems as one sentence; null when there are none.</summary>
    public string? Problem =>
        problemCount == 0 ? null
        : problemCount <= ShownMax ? string.Join("; ", problems)
        : $"{string.Join("; ", problems)}; and {problemCount - ShownMax} more of its entries";

    /// <summary>A name without what a terminal or a report could mistake for an order.</summary>
    public static string Shown(string name)
    {
        var shown = new StringBuilder(name.Length);
        foreach (var letter in name)
            shown.Append(char.IsControl(letter) ? '\uFFFD' : letter);
        return shown.ToString();
    }

    private bool Read(string name, Stream content)
    {
        if (!budget.TakeEntry())
            return false;
        isOpened = true;
        var path = Shown(name).Replace('\\', '/');
        if (LeadsOut(path))
            Report($"the name of an entry leads out of the archive: {path}");
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        var entry = new EntryStream(content, budget);
        read(path.TrimStart('/'), entry);
        entry.Drain();
        if (entry.Damage is { } damage)
            Report($"{path} was read up to the damage only: {damage}");
        return entry.Damage is null && budget.Exceeded is null;
    }

    private static bool LeadsOut(string path) =>
        path.StartsWith('/') || path.Split('/').Contains("..")
        || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]));
}
