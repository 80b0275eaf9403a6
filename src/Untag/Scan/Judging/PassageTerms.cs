using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>A term met in a token of a passage.</summary>
/// <param name="Hit">The term, and where in the token.</param>
/// <param name="Token">The token.</param>
internal readonly record struct MetTerm(TermHit Hit, Token Token)
{
    public Term Term => Hit.Term;

    public int Line => Token.Line;

    /// <summary>The text as it stands in the file.</summary>
    public string Spelling => Token.Text.Slice(Hit.Start, Hit.Length).ToString();
}

/// <summary>All terms of a passage, and questions about what stands near a line.</summary>
internal sealed class PassageTerms
{
    private readonly Dictionary<string, List<MetTerm>> contexts;

    private PassageTerms(Passage passage, List<MetTerm> tags, Dictionary<string, List<MetTerm>> contexts)
    {
        Passage = passage;
        Tags = tags;
        this.contexts = contexts;
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

    /// <summary>The different words of a context in the whole passage.</summary>
    public void AddWords(string context, HashSet<string> words)
    {
        if (!contexts.TryGetValue(context, out var all))
            return;
        foreach (var met in all)
            words.Add(met.Term.Text);
    }

    /// <summary>The different words of a context that stand on lines from <paramref name="first"/> to
    /// <paramref name="last"/>, outside of <paramref name="except"/>.</summary>
    public IReadOnlyList<string> Near(string context, int first, int last, MetTerm? except = null)
    {
        if (!contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        for (var i = FirstAtOrAfter(all, first); i < all.Count && all[i].Line <= last; i++)
        {
            if (!IsWithin(all[i], except) && !words.Contains(all[i].Term.Text))
                words.Add(all[i].Term.Text);
        }

        return words;
    }

    /// <summary>The different words of a context in one token, outside of <paramref name="met"/>.</summary>
    public IReadOnlyList<string> InToken(string context, MetTerm met)
    {
        if (!contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        for (var i = FirstAtOrAfter(all, met.Line); i < all.Count && all[i].Line == met.Line; i++)
        {
            if (all[i].Token == met.Token && !IsWithin(all[i], met) && !words.Contains(all[i].Term.Text))
                words.Add(all[i].Term.Text);
        }

        return words;
    }

    /// <summary>The different words of a context in the same bracket pair, object or list.</summary>
    public IReadOnlyList<string> InGroup(string context, int group)
    {
        if (group == 0 || !contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        foreach (var met in all)
        {
            if (met.Token.Group == group && !words.Contains(met.Term.Text))
                words.Add(met.Term.Text);
        }

        return words;
    }

    private static bool IsWithin(MetTerm context, MetTerm? tag) =>
        tag is { } other && context.Token == other.Token
        && context.Hit.Start < other.Hit.End && other.Hit.Start < context.Hit.End;

    private static int FirstAtOrAfter(List<MetTerm> all, int line)
    {
        var low = 0;
        var high = all.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Line < line)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
