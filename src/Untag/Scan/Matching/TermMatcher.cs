using Untag.Policy;

namespace Untag.Scan.Matching;

/// <summary>A term met in a text.</summary>
/// <param name="Term">The term.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Number of characters, separators between its words included.</param>
internal readonly record struct TermHit(Term Term, int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>Finds the terms of a policy in a text by words, so that <c>trace</c> is no <c>race</c>.</summary>
/// <remarks>Safe for concurrent use; the caller brings the <see cref="Scratch"/>.</remarks>
internal sealed class TermMatcher
{
    /// <summary>Characters that may stand between two words of a term, at most.</summary>
    public const int GapMax = 3;

    private static readonly SpeltIn[] Scripts = [SpeltIn.Latin, SpeltIn.Cyrillic];

    private readonly Node root = new();
    private readonly Dictionary<char, List<(string Text, Term Term)>> joined = [];

    public TermMatcher(IEnumerable<Term> terms)
    {
        var words = new List<Word>();
        foreach (var term in terms)
            Add(term, words);
        foreach (var list in joined.Values)
            list.Sort((a, b) => b.Text.Length.CompareTo(a.Text.Length));
    }

    /// <summary>Appends every term met in <paramref name="text"/> to <paramref name="hits"/>: of several at one place
    /// the longest, none of them inside an innocent collocation. A text that hides something is read as it is written
    /// and once more as it looks.</summary>
    public void Find(ReadOnlySpan<char> text, Scratch scratch, List<TermHit> hits)
    {
        var first = hits.Count;
        FindAll(text, scratch, hits);
        KeepStrongest(hits, first);
    }

    /// <summary>Appends every term met, those inside of others and of innocent collocations too, in the order in which they
    /// begin.</summary>
    public void FindAll(ReadOnlySpan<char> text, Scratch scratch, List<TermHit> hits)
    {
        var first = hits.Count;
        FindAsWritten(text, scratch, hits);
        var known = hits.Count;
        for (var end = 0; Undisguised.NextHiding(text, end) is { } place; end = place.End)
            FindAsSeen(text[place.Start..place.End], place.Start, scratch, hits);
        if (hits.Count > known)
            PutInOrder(hits, first);
    }

    private void FindAsWritten(ReadOnlySpan<char> text, Scratch scratch, List<TermHit> hits)
    {
        scratch.Words.Clear();
        Words.Split(text, scratch.Words);
        var folded = scratch.Fold(text);
        for (var i = 0; i < scratch.Words.Count; i++)
        {
            if (scratch.Words[i].Joined)
                FindJoined(folded, scratch.Words[i], hits);
            else
                FindWords(folded, scratch.Words, i, hits);
        }
    }

    private void FindAsSeen(ReadOnlySpan<char> text, int offset, Scratch scratch, List<TermHit> hits)
    {
        scratch.Undisguised.Read(text);
        foreach (var script in Scripts)
        {
            var seen = scratch.Undisguised;
            if (!seen.Spell(script))
                continue;
            var known = hits.Count;
            FindAsWritten(seen.Text, scratch, hits);
            for (var i = known; i < hits.Count; i++)
            {
                var (start, length) = seen.OriginOf(hits[i].Start, hits[i].Length);
                hits[i] = new TermHit(hits[i].Term, offset + start, length);
            }
        }
    }

    // What is met as it is written, and again as it looks, counts once.
    private static void PutInOrder(List<TermHit> hits, int first)
    {
        var met = new HashSet<TermHit>();
        var ordered = hits.Skip(first).Where(met.Add).OrderBy(hit => hit.Start).ToList();
        hits.RemoveRange(first, hits.Count - first);
        hits.AddRange(ordered);
    }

    private void Add(Term term, List<Word> words)
    {
        var text = term.Text.EndsWith('*') ? term.Text[..^1] : term.Text;
        var folded = new char[text.Length];
        Folding.Fold(text, folded);
        words.Clear();
        Words.Split(text.ToLowerInvariant(), words); // a term is prose: its capitals separate nothing
        if (words.Count == 0)
            return;
        if (words.Exists(word => word.Joined))
        {
            var key = new string(folded);
            if (!joined.TryGetValue(key[0], out var list))
                joined[key[0]] = list = [];
            list.Add((key, term));
            return;
        }

        var node = root;
        for (var i = 0; i < words.Count - 1; i++)
            node = node.Child(new string(folded, words[i].Start, words[i].Length));
        var last = new string(folded, words[^1].Start, words[^1].Length);
        if (term.Text.EndsWith('*'))
            node.AddPrefix(last, term);
        else
            node.Child(last).Terms.Add(term);
        if (words.Count > 1 && !term.Text.EndsWith('*'))
            root.Child(JoinedSpelling(folded, words)).Terms.Add(term);
    }

    private static string JoinedSpelling(char[] folded, List<Word> words)
    {
        var spelling = new System.Text.StringBuilder();
        foreach (var word in words)
            spelling.Append(folded, word.Start, word.Length);
        return spelling.ToString();
    }

    private void FindJoined(ReadOnlySpan<char> folded, Word run, List<TermHit> hits)
    {
        for (var at = run.Start; at < run.Start + run.Length; at++)
        {
            if (!joined.TryGetValue(folded[at], out var list))
                continue;
            foreach (var (text, term) in list)
            {
                if (folded[at..].StartsWith(text))
                    hits.Add(new TermHit(term, at, text.Length));
            }
        }
    }

    private void FindWords(ReadOnlySpan<char> folded, List<Word> words, int first, List<TermHit> hits)
    {
        FindOneWord(folded, words, first, hits);
        var node = root;
        var start = words[first].Start;
        for (var i = first; i < words.Count; i++)
        {
            var word = words[i];
            if (i > first && !IsGap(folded, words[i - 1].Start + words[i - 1].Length, word.Start))
                return;
            var text = folded.Slice(word.Start, word.Length);
            node.AddPrefixHits(text, start, word.Start + word.Length, hits);
            if (node.Find(text) is not { } next)
                return;
            foreach (var term in next.Terms)
                hits.Add(new TermHit(term, start, word.Start + word.Length - start));
            node = next;
        }
    }

    // `FairFace` is two words to the eye and one name to its maker, whatever terms begin with `fair`.
    private void FindOneWord(ReadOnlySpan<char> folded, List<Word> words, int first, List<TermHit> hits)
    {
        const int WordsMax = 4;
        var start = words[first].Start;
        var end = start + words[first].Length;
        for (var i = first + 1; i < Math.Min(words.Count, first + WordsMax) && words[i].Start == end; i++)
        {
            end += words[i].Length;
            if (root.Find(folded[start..end]) is not { } node)
                continue;
            foreach (var term in node.Terms)
            {
                if (!term.Text.Contains(' ', StringComparison.Ordinal)) // a term of several words is met word by word
                    hits.Add(new TermHit(term, start, end - start));
            }
        }
    }

    // The words of one term stand together: `ethnic_group`, `ethnic-group`, `ethnic group`; not `ethnic, group`.
    private static bool IsGap(ReadOnlySpan<char> text, int from, int to)
    {
        if (to - from > GapMax)
            return false;
        foreach (var c in text[from..to])
        {
            if (c is not (' ' or '_' or '-' or '.' or '/' or '\'' or '+' or '\u00A0' or '\u2010' or '\u2011'))
                return false;
        }

        return true;
    }

    private static void KeepStrongest(List<TermHit> hits, int first)
    {
        const int FewHits = 64;
        if (hits.Count == first)
            return;
        var longest = 0;
        for (var i = first; i < hits.Count; i++)
            longest = Math.Max(longest, hits[i].Length);
        // Which are covered is told before any of them goes.
        var kept = first;
        var count = hits.Count - first;
        Span<bool> isCovered = count <= FewHits ? stackalloc bool[FewHits] : new bool[count];
        for (var i = first; i < hits.Count; i++)
            isCovered[i - first] = IsCovered(hits, first, i, longest);
        for (var i = first; i < hits.Count; i++)
        {
            if (!isCovered[i - first] && hits[i].Term.Sense != Sense.Innocent)
                hits[kept++] = hits[i];
        }

        hits.RemoveRange(kept, hits.Count - kept);
    }

    private static bool IsCovered(List<TermHit> hits, int first, int index, int longest)
    {
        var hit = hits[index];
        if (hit.Term.Sense is Sense.Context or Sense.Vendor or Sense.Identifier)
            return false;
        for (var j = index - 1; j >= first && hits[j].Start >= hit.End - longest; j--)
        {
            if (Covers(hits[j], hit))
                return true;
        }

        for (var j = index + 1; j < hits.Count && hits[j].Start == hit.Start; j++)
        {
            if (Covers(hits[j], hit))
                return true;
        }

        return false;
    }

    private static bool Covers(TermHit other, TermHit hit)
    {
        if (other.Start > hit.Start || other.End < hit.End || other.Term.Owner != hit.Term.Owner)
            return false;
        return other.Term.Sense == Sense.Innocent
            ? hit.Term.Sense != Sense.Innocent || other.Length > hit.Length
            : other.Length > hit.Length && hit.Term.Sense != Sense.Innocent
                && other.Term.Sense is not (Sense.Context or Sense.Vendor or Sense.Identifier);
    }

    /// <summary>Buffers of one worker.</summary>
    internal sealed class Scratch
    {
        private char[] buffer = new char[4096];

        public List<Word> Words { get; } = [];

        public Undisguised Undisguised { get; } = new();

        public ReadOnlySpan<char> Fold(ReadOnlySpan<char> text)
        {
            if (buffer.Length < text.Length)
                buffer = new char[text.Length];
            Folding.Fold(text, buffer);
            return buffer.AsSpan(0, text.Length);
        }
    }

    private sealed class Node
    {
        // Words that begin with a stem are looked up by so many of its letters; the stems that are shorter stand apart.
        private const int StemLetters = 3;

        // There are thousands of nodes, and hardly any word goes on: tables are made for those that do.
        private WordTable<Node>? children;
        private WordTable<List<(string Stem, Term Term)>>? prefixes;
        private List<(string Stem, Term Term)>? shortPrefixes;

        public List<Term> Terms { get; } = [];

        public Node Child(string word)
        {
            children ??= new WordTable<Node>();
            if (children.Find(word) is { } known)
                return known;
            var child = new Node();
            children.Add(word, child);
            return child;
        }

        public void AddPrefix(string stem, Term term)
        {
            if (stem.Length < StemLetters)
            {
                (shortPrefixes ??= []).Add((stem, term));
                return;
            }

            prefixes ??= new WordTable<List<(string Stem, Term Term)>>();
            var list = prefixes.Find(stem.AsSpan(0, StemLetters));
            if (list is null)
                prefixes.Add(stem[..StemLetters], list = []);
            list.Add((stem, term));
        }

        public Node? Find(ReadOnlySpan<char> word) => children?.Find(word);

        public void AddPrefixHits(ReadOnlySpan<char> word, int start, int end, List<TermHit> hits)
        {
            if (shortPrefixes is not null)
                AddPrefixHits(shortPrefixes, word, start, end, hits);
            if (word.Length >= StemLetters && prefixes?.Find(word[..StemLetters]) is { } list)
                AddPrefixHits(list, word, start, end, hits);
        }

        private static void AddPrefixHits(
            List<(string Stem, Term Term)> list, ReadOnlySpan<char> word, int start, int end, List<TermHit> hits)
        {
            foreach (var (stem, term) in list)
            {
                if (word.StartsWith(stem))
                    hits.Add(new TermHit(term, start, end - start));
            }
        }
    }
}
