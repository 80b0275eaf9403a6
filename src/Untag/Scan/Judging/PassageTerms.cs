using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>All terms of a passage, and questions about what stands near a row. Every question is answered from an
/// index: a file of a million terms must not cost a million times a million.</summary>
internal sealed class PassageTerms
{
    private readonly Lexicon lexicon;
    private readonly TermMatcher.Scratch scratch;
    private readonly Dictionary<string, List<MetTerm>> measurement;
    private Dictionary<string, List<MetTerm>>? contexts;
    private Dictionary<(string Context, int Group), List<string>>? wordsByGroup;
    private bool isInOrderOfColumns;

    private PassageTerms(
        Passage passage, IReadOnlyList<MetTerm> tags, Dictionary<string, List<MetTerm>> measurement, Lexicon lexicon,
        TermMatcher.Scratch scratch)
    {
        Passage = passage;
        Tags = tags;
        this.measurement = measurement;
        this.lexicon = lexicon;
        this.scratch = scratch;
    }

    public Passage Passage { get; }

    /// <summary>Names, groups, identifiers and vendors in the order of the passage.</summary>
    public IReadOnlyList<MetTerm> Tags { get; }

    /// <summary>True when somebody reads this, rather than a machine.</summary>
    public bool IsProse => Passage.Kind == PassageKind.Prose;

    /// <summary>Finds the tags of a passage, and what it says of a measurement. The words of other contexts, which are many,
    /// are found when somebody asks for them: where there is no tag, nobody does.</summary>
    /// <param name="passage">The passage.</param>
    /// <param name="lexicon">The terms.</param>
    /// <param name="scratch">Buffers of the worker, which is the only one to ask.</param>
    public static PassageTerms Read(Passage passage, Lexicon lexicon, TermMatcher.Scratch scratch)
    {
        var measurement = new Dictionary<string, List<MetTerm>>(StringComparer.Ordinal);
        var tags = new List<MetTerm>();
        Find(passage, lexicon.Tags, scratch, met =>
        {
            if (met.Term.Sense == Sense.Context)
                Add(measurement, met);
            else
                tags.Add(met);
        });
        var codes = lexicon.Codes.Find(passage);
        if (codes.Count > 0)
            tags = [.. tags.Concat(codes).OrderBy(met => met.Row).ThenBy(met => met.Token.Column).ThenBy(met => met.Hit.Start)];
        return new PassageTerms(passage, tags, measurement, lexicon, scratch);
    }

    private Dictionary<string, List<MetTerm>> Contexts
    {
        get
        {
            if (contexts is not null)
                return contexts;
            contexts = new Dictionary<string, List<MetTerm>>(StringComparer.Ordinal);
            Find(Passage, lexicon.Matcher, scratch, met =>
            {
                if (met.Term.Sense == Sense.Context)
                    Add(contexts, met);
            });
            isInOrderOfColumns = contexts.Values.All(Rows.AreInOrderOfColumns);
            return contexts;
        }
    }

    private static void Find(Passage passage, TermMatcher matcher, TermMatcher.Scratch scratch, Action<MetTerm> take)
    {
        var hits = new List<TermHit>();
        foreach (var token in passage.Tokens)
        {
            if (token.Kind == TokenKind.Number)
                continue;
            hits.Clear();
            matcher.Find(token.Text.Span, scratch, hits);
            foreach (var hit in hits)
                take(new MetTerm(hit, token));
        }
    }

    private static void Add(Dictionary<string, List<MetTerm>> contexts, MetTerm met)
    {
        if (contexts.TryGetValue(met.Term.Owner, out var list))
            list.Add(met);
        else
            contexts[met.Term.Owner] = [met];
    }

    /// <summary>The different words of a context in the whole passage.</summary>
    public void AddWords(string context, HashSet<string> words)
    {
        if (!(Measurement.IsSaidBy(context) ? measurement : Contexts).TryGetValue(context, out var all))
            return;
        var mustBeDone = Measurement.IsSaidBy(context) && !IsProse;
        foreach (var met in all)
        {
            if (!mustBeDone || !met.IsRemark)
                words.Add(met.Word);
        }
    }

    /// <summary>The different words of a context that stand on rows from <paramref name="first"/> to
    /// <paramref name="last"/>, outside of <paramref name="except"/>.</summary>
    public IReadOnlyList<string> Near(string context, int first, int last, MetTerm? except = null)
    {
        if (!Contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        for (var i = Rows.FirstAtOrAfter(all, first); i < all.Count && all[i].Row <= last && words.Count < WordsMax; i++)
        {
            if (!IsWithin(all[i], except) && !words.Contains(all[i].Word))
                words.Add(all[i].Word);
        }

        return words;
    }

    /// <summary>The different words of a context that speak of <paramref name="met"/> in structured data, at most
    /// <paramref name="rows"/> away: those in its own object, and those in keys. A key speaks for what stands under it, a
    /// value for its object, and in a table of a thousand entries no entry for one far away.</summary>
    public IReadOnlyList<string> InStructureNear(string context, MetTerm met, int rows)
    {
        if (!Contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        for (var i = Rows.FirstAtOrAfter(all, met.Row - rows); i < all.Count && all[i].Row <= met.Row + rows && words.Count < WordsMax; i++)
        {
            var speaks = all[i].Token.Kind == TokenKind.Key || (all[i].Token.Group == met.Token.Group && met.Token.Group != 0);
            if (speaks && !words.Contains(all[i].Word))
                words.Add(all[i].Word);
        }

        return words;
    }

    /// <summary>The different words of a context in one token, outside of <paramref name="met"/>.</summary>
    public IReadOnlyList<string> InToken(string context, MetTerm met)
    {
        if (!Contexts.TryGetValue(context, out var all))
            return [];
        var words = new List<string>();
        for (var i = FirstAround(all, met, columns: 0); i < all.Count && IsUpTo(all[i], met, columns: 0) && words.Count < WordsMax; i++)
        {
            if (all[i].Token == met.Token && !IsWithin(all[i], met) && !words.Contains(all[i].Word))
                words.Add(all[i].Word);
        }

        return words;
    }

    /// <summary>The first word of a context in the name that holds <paramref name="met"/>, or in the name that it is a
    /// member of; null when neither holds one.</summary>
    public string? InNameOrJustBefore(string context, MetTerm met)
    {
        const int Apart = 2; // as in a.b, a->b and a["b"]
        const int ApartInStructure = 8; // as in "a": [{"b": …
        const int NameCharactersMax = 100;
        if (!Contexts.TryGetValue(context, out var all) || met.Token.Text.Span.ContainsAny(' ', '\t'))
            return null;
        for (var i = FirstAround(all, met, NameCharactersMax); i < all.Count && IsUpTo(all[i], met, columns: 0); i++)
        {
            var gap = met.Token.Column - all[i].Token.Column - all[i].Token.Text.Length;
            if ((all[i].Token == met.Token && !IsWithin(all[i], met))
                || (all[i].Token.Kind == TokenKind.Identifier && gap is > 0 and <= Apart)
                || (all[i].Token.Kind == TokenKind.Key && all[i].Token.Group != met.Token.Group && gap is > 0 and <= ApartInStructure))
                return all[i].Word;
        }

        return null;
    }

    /// <summary>True when <paramref name="met"/> is itself a word of a context.</summary>
    public bool IsWordOf(string context, MetTerm met)
    {
        if (!Contexts.TryGetValue(context, out var all))
            return false;
        for (var i = FirstAround(all, met, columns: 0); i < all.Count && IsUpTo(all[i], met, columns: 0); i++)
        {
            if (IsWithin(all[i], met))
                return true;
        }

        return false;
    }

    /// <summary>True when a token of the same bracket pair, object or list that stands near on the row, or on the one
    /// before or after, says hardly more than a word of the context.</summary>
    public bool HasLabelNear(string context, MetTerm met)
    {
        const int OtherLettersMax = 8; // as in OTHER_PEOPLE
        const int CharactersNearMax = 200;
        const int OnNeighboursMax = 100;
        if (met.Token.Group == 0 || !Contexts.TryGetValue(context, out var all))
            return false;
        var first = FirstAround(all, met, CharactersNearMax);
        var i = Math.Max(Rows.FirstAtOrAfter(all, met.Row - 1), first - OnNeighboursMax);
        var last = first + OnNeighboursMax;
        for (; i < all.Count && all[i].Row <= met.Row + 1 && (i <= last || IsUpTo(all[i], met, CharactersNearMax)); i++)
        {
            if (all[i].Token.Group == met.Token.Group && all[i].Token.Kind != TokenKind.Comment
                && all[i].Token.Text.Length - all[i].Hit.Length <= OtherLettersMax)
                return true;
        }

        return false;
    }

    /// <summary>True when the token holds a word of a context, inside of <paramref name="met"/> too.</summary>
    public bool IsSaidInToken(string context, MetTerm met)
    {
        if (!Contexts.TryGetValue(context, out var all))
            return false;
        for (var i = Rows.FirstAtOrAfter(all, met.Row); i < all.Count && all[i].Row == met.Row; i++)
        {
            if (all[i].Token == met.Token)
                return true;
        }

        return false;
    }

    /// <summary>True when a word of a context stands in one name with <paramref name="met"/>, without a blank between
    /// them: <c>predict_muslim</c>.</summary>
    public bool IsOneNameWith(string context, MetTerm met)
    {
        if (!Contexts.TryGetValue(context, out var all))
            return false;
        var text = met.Token.Text.Span;
        for (var i = Rows.FirstAtOrAfter(all, met.Row); i < all.Count && all[i].Row == met.Row; i++)
        {
            if (all[i].Token != met.Token || IsWithin(all[i], met))
                continue;
            var (first, second) = all[i].Hit.Start < met.Hit.Start ? (all[i].Hit, met.Hit) : (met.Hit, all[i].Hit);
            if (first.End <= second.Start && IsOneName(text[first.Start..second.End]))
                return true;
        }

        return false;
    }

    /// <summary>Where the next word of a context begins in the token, after <paramref name="met"/>; -1 when nowhere.</summary>
    public int NextInToken(string context, MetTerm met)
    {
        if (!Contexts.TryGetValue(context, out var all))
            return -1;
        for (var i = FirstAround(all, met, columns: 0); i < all.Count && IsUpTo(all[i], met, columns: 0); i++)
        {
            if (all[i].Token == met.Token && all[i].Hit.Start >= met.Hit.End)
                return all[i].Hit.Start;
        }

        return -1;
    }

    /// <summary>The different words of a context in the same bracket pair, object or list.</summary>
    public IReadOnlyList<string> InGroup(string context, int group) =>
        group != 0 && (wordsByGroup ??= WordsByGroup()).TryGetValue((context, group), out var words) ? words : [];

    private Dictionary<(string Context, int Group), List<string>> WordsByGroup()
    {
        var words = new Dictionary<(string Context, int Group), List<string>>();
        foreach (var (context, all) in Contexts)
        {
            foreach (var met in all)
            {
                if (met.Token.Group != 0)
                    AddOnce(words, (context, met.Token.Group), met.Word);
            }
        }

        return words;
    }

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

    // A file can be one row of a million terms: only those around the columns in question are looked at.
    private int FirstAround(List<MetTerm> all, MetTerm met, int columns) =>
        isInOrderOfColumns ? Rows.FirstAtOrAfter(all, met.Row, met.Token.Column - columns) : Rows.FirstAtOrAfter(all, met.Row);

    private bool IsUpTo(MetTerm context, MetTerm met, int columns) =>
        context.Row == met.Row && (!isInOrderOfColumns || context.Token.Column <= met.Token.Column + columns);

    // Prose joins its words with hyphens; the names of code are written in one.
    private static bool IsOneName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return true;
    }

    private static bool IsWithin(MetTerm context, MetTerm? tag) =>
        tag is { } other && context.Token == other.Token
        && context.Hit.Start < other.Hit.End && other.Hit.Start < context.Hit.End;
}
