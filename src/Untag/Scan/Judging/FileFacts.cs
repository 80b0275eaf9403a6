using Untag.Policy;

namespace Untag.Scan.Judging;

/// <summary>What a whole file is about: the different words of each context in it.</summary>
internal sealed class FileFacts
{
    private readonly Dictionary<string, HashSet<string>> words = new(StringComparer.Ordinal);

    public FileFacts(TagPolicy policy, IReadOnlyList<PassageTerms> passages)
    {
        foreach (var context in policy.Contexts)
        {
            var met = new HashSet<string>(StringComparer.Ordinal);
            foreach (var passage in passages)
                passage.AddWords(context.Id, met);
            words[context.Id] = met;
        }
    }

    /// <summary>The different words of a context in the file, in a stable order.</summary>
    public IReadOnlyList<string> Words(string context) =>
        [.. words[context].Order(StringComparer.Ordinal)];

    public int Count(string context) => words[context].Count;
}
