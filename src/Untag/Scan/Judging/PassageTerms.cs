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

    /// <summary>What nearness is measured in: the line, or in a binary a stretch of 64 bytes.</summary>
    public int Row => Token.Line > 0 ? Token.Line : Token.Column / 64;

    /// <summary>The text as it stands in the file, folded: two spellings of one word count once.</summary>
    public string Word => string.Create(Hit.Length, this, static (folded, met) =>
        Folding.Fold(met.Token.Text.Span.Slice(met.Hit.Start, met.Hit.Length), folded));

    /// <summary>The text as it stands in the file.</summary>
    public string Spelling => Token.Text.Slice(Hit.Start, Hit.Length).ToString();
}

/// <summary>All terms of a passage, and questions about what stands near a row.</summary>
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
            words.Add(met.Word);
    }

    /// <summary>The different words of a context that stand on rows from <paramref name="first"/> to
    /// <paramref name="last"/>, outside of <paramref name="except"/>.</summary>
    public IReadOnlyList<string> Near(string context, int first, int last, MetTerm? except = null)
    {
        if (!contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        for (var i = FirstAtOrAfter(all, first); i < all.Count && all[i].Row <= last; i++)
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
        for (var i = FirstAtOrAfter(all, met.Row); i < all.Count && all[i].Row == met.Row; i++)
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
        for (var i = FirstAtOrAfter(all, met.Row); i < all.Count && all[i].Row == met.Row; i++)
        {
            if (all[i].Token == met.Token && all[i].Hit.Start >= met.Hit.End)
                return all[i].Hit.Start;
        }

        return -1;
    }

    /// <summary>The different words of a context in the same bracket pair, object or list.</summary>
    public IReadOnlyList<string> InGroup(string context, int group)
    {
        if (group == 0 || !contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        foreach (var met in all)
        {
            if (met.Token.Group == group && !words.Contains(met.Word))
                words.Add(met.Word);
        }

        return words;
    }

    private static bool IsWithin(MetTerm context, MetTerm? tag) =>
        tag is { } other && context.Token == other.Token
        && context.Hit.Start < other.Hit.End && other.Hit.Start < context.Hit.End;

    private static int FirstAtOrAfter(List<MetTerm> all, int row)
    {
        var low = 0;
        var high = all.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Row < row)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
