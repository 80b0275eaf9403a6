using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>All terms of a passage, and questions about what stands near a row. Every question is answered from an
/// index: a file of a million terms must not cost a million times a million.</summary>
internal sealed class PassageTerms
{
    private readonly Dictionary<string, List<MetTerm>> contexts;
    private readonly Dictionary<(string Context, int Group), List<string>> wordsByGroup = [];

    private PassageTerms(Passage passage, List<MetTerm> tags, Dictionary<string, List<MetTerm>> contexts)
    {
        Passage = passage;
        Tags = tags;
        this.contexts = contexts;
        foreach (var (context, all) in contexts)
        {
            foreach (var met in all)
            {
                if (met.Token.Group != 0)
                    AddOnce(wordsByGroup, (context, met.Token.Group), met.Word);
            }
        }
    }

    public Passage Passage { get; }

    /// <summary>Names, groups, identifiers and vendors in the order of the passage.</summary>
    public IReadOnlyList<MetTerm> Tags { get; }

    /// <summary>True when somebody reads this, rather than a machine.</summary>
    public bool IsProse => Passage.Kind == PassageKind.Prose;

    public static PassageTerms Read(Passage passage, TermMatcher matcher, TermMatcher.Scratch scratch)
    {
        var tags = new List<MetTerm>();
        var contexts = new Dictionary<string, List<MetTerm>>(StringComparer.Ordinal);
        var hits = new List<TermHit>();
        foreach (var token in passage.Tokens)
        {
            if (token.Kind == TokenKind.Number)
                continue;
            hits.Clear();
            matcher.Find(token.Text.Span, scratch, hits);
            foreach (var hit in hits)
            {
                var met = new MetTerm(hit, token);
                if (hit.Term.Sense != Sense.Context)
                    tags.Add(met);
                else if (contexts.TryGetValue(hit.Term.Owner, out var list))
                    list.Add(met);
                else
                    contexts[hit.Term.Owner] = [met];
            }
        }

        return new PassageTerms(passage, tags, contexts);
    }

    /// <summary>The different words of a context in the whole passage. That a product measures fairness, its code must
    /// say: a comment is easily written.</summary>
    public void AddWords(string context, HashSet<string> words)
    {
        if (!contexts.TryGetValue(context, out var all))
            return;
        foreach (var met in all)
        {
            if (context != "fairness" || met.Token.Kind != TokenKind.Comment)
                words.Add(met.Word);
        }
    }

    /// <summary>The different words of a context that stand on rows from <paramref name="first"/> to
    /// <paramref name="last"/>, outside of <paramref name="except"/>.</summary>
    public IReadOnlyList<string> Near(string context, int first, int last, MetTerm? except = null)
    {
        if (!contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        for (var i = Rows.FirstAtOrAfter(all, first); i < all.Count && all[i].Row <= last && words.Count < WordsMax; i++)
        {
            if (!IsWithin(all[i], except) && !words.Contains(all[i].Word))
                words.Add(all[i].Word);
        }

        return words;
    }

    /// <summary>The different words of a context in one token, outside of <paramref name="met"/>.</summary>
    public IReadOnlyList<string> InToken(string context, MetTerm met)
    {
        if (!contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        for (var i = Rows.FirstAtOrAfter(all, met.Row); i < all.Count && all[i].Row == met.Row && words.Count < WordsMax; i++)
        {
            if (all[i].Token == met.Token && !IsWithin(all[i], met) && !words.Contains(all[i].Word))
                words.Add(all[i].Word);
        }

        return words;
    }

    /// <summary>Where the next word of a context begins in the token, after <paramref name="met"/>; -1 when nowhere.</summary>
    public int NextInToken(string context, MetTerm met)
    {
        if (!contexts.TryGetValue(context, out var all))
            return -1;
        for (var i = Rows.FirstAtOrAfter(all, met.Row); i < all.Count && all[i].Row == met.Row; i++)
        {
            if (all[i].Token == met.Token && all[i].Hit.Start >= met.Hit.End)
                return all[i].Hit.Start;
        }

        return -1;
    }

    /// <summary>The different words of a context in the same bracket pair, object or list.</summary>
    public IReadOnlyList<string> InGroup(string context, int group) =>
        group != 0 && wordsByGroup.TryGetValue((context, group), out var words) ? words : [];

    // More words say no more.
    private const int WordsMax = 16;

    private static void AddOnce(
        Dictionary<(string Context, int Group), List<string>> index, (string Context, int Group) key, string word)
    {
        if (!index.TryGetValue(key, out var words))
            index[key] = words = [];
        if (words.Count < WordsMax && !words.Contains(word))
            words.Add(word);
    }

    private static bool IsWithin(MetTerm context, MetTerm? tag) =>
        tag is { } other && context.Token == other.Token
        && context.Hit.Start < other.Hit.End && other.Hit.Start < context.Hit.End;
}
