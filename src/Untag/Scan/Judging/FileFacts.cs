namespace Untag.Scan.Judging;

/// <summary>What a whole file is about: the different words of each context in it.</summary>
internal sealed class FileFacts(IReadOnlyList<PassageTerms> passages)
{
    private readonly Dictionary<string, HashSet<string>> words = new(StringComparer.Ordinal);

    /// <summary>The different words of a context in the file, in a stable order.</summary>
    public IReadOnlyList<string> Words(string context) => [.. Of(context).Order(StringComparer.Ordinal)];

    /// <summary>The number of different words of a context in the file.</summary>
    public int Count(string context) => Of(context).Count;

    private HashSet<string> Of(string context)
    {
        if (words.TryGetValue(context, out var known))
            return known;
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var passage in passages)
            passage.AddWords(context, met);
        words[context] = met;
        return met;
    }
}
