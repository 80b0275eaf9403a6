using System.Text;
using Untag.Policy;

namespace Untag.Scan.Matching;

/// <summary>What is looked for in raw bytes: a word of every term, and the marks that tell what a product is about.</summary>
internal sealed class Literals
{
    private const string PersonVision = "person-vision";

    private readonly List<Literal> list = [];
    private readonly Dictionary<(string Spelling, int Mark), int> known = []; // the place in the list of each

    /// <param name="terms">The terms whose files are to be read.</param>
    /// <param name="policy">The contexts whose marks are to be counted, the heads whose slices and the vendors whose names
    /// make a file be read.</param>
    public Literals(IReadOnlyCollection<Term> terms, TagPolicy policy)
    {
        foreach (var term in terms)
        {
            if (term.Sense is Sense.NameExact or Sense.NameAmbiguous or Sense.NameSoftened or Sense.GroupExact
                or Sense.GroupAmbiguous or Sense.Identifier || (term.Sense == Sense.Vendor && policy.Vendors[term.Owner].TellsUnasked))
                AddTerm(term);
        }

        foreach (var heads in policy.Heads)
        {
            if (heads.Slice is { } slice)
                AddSpellings(slice, Literal.Certain, Borders.None, reach: 0);
        }

        Marks = AddMarks(terms, policy.Contexts);
    }

    /// <summary>The literals; each is there once for each thing that it stands for.</summary>
    public IReadOnlyList<Literal> All => list;

    /// <summary>The marks, each with the id of its context.</summary>
    public IReadOnlyList<(string Context, string Text)> Marks { get; }

    private void AddTerm(Term term)
    {
        var text = term.Text.TrimEnd('*').ToLowerInvariant();
        var words = new List<Word>();
        Words.Split(text, words);
        if (words.Count == 0)
            return;
        var rarest = RarestOf(words, text);
        var borders = rarest.Joined ? Borders.None : term.Text.EndsWith('*') ? Borders.Start : Borders.Both;
        var reach = Encoding.UTF8.GetByteCount(text) + (words.Count * TermMatcher.GapMax);
        AddSpellings(text.Substring(rarest.Start, rarest.Length), Literal.Term, borders, reach);
        if (words.Count > 1 && !rarest.Joined)
        {
            var joined = string.Concat(words.Select(word => text.Substring(word.Start, word.Length)));
            AddSpellings(joined, Literal.Term, borders, reach);
        }
    }

    // One word stands for the whole term, as the words may be separated in many ways: the rarest, and of several as rare
    // the longest. `race score` is looked for as `race`.
    private static Word RarestOf(List<Word> words, string text)
    {
        var rarest = words[0];
        var rarity = -1;
        foreach (var word in words)
        {
            var next = word.Length < LiteralTable.LengthMin ? -1 : CommonWords.RarityOf(text.Substring(word.Start, word.Length));
            if (next > rarity || (next == rarity && word.Length > rarest.Length))
                (rarest, rarity) = (word, next);
        }

        return rarest;
    }

    private List<(string Context, string Text)> AddMarks(
        IReadOnlyCollection<Term> terms, IReadOnlyCollection<Context> contexts)
    {
        var marks = new List<(string Context, string Text)>();
        foreach (var context in contexts)
            marks.AddRange(context.Marks.Select(mark => (context.Id, mark)));
        // A product that talks to a vision API works on persons.
        marks.AddRange(terms.Where(term => term.Sense == Sense.Vendor).Select(term => (PersonVision, term.Text)));
        for (var i = 0; i < marks.Count; i++)
        {
            foreach (var separator in new[] { " ", "_", "-", "" })
            {
                var spelling = marks[i].Text.ToLowerInvariant().Replace(" ", separator, StringComparison.Ordinal);
                AddSpellings(spelling, i, Borders.Start, reach: 0);
            }
        }

        return marks;
    }

    // ASCII is compared without case; other letters are not, so their spellings are listed.
    private void AddSpellings(string word, int mark, Borders borders, int reach)
    {
        Add(word, mark, borders, reach);
        if (Ascii.IsValid(word))
            return;
        Add(word.ToUpperInvariant(), mark, borders, reach);
        Add(char.ToUpperInvariant(word[0]) + word[1..], mark, borders, reach);
        var folded = new char[word.Length];
        Folding.Fold(word, folded);
        Add(new string(folded), mark, borders, reach);
    }

    private void Add(string spelling, int mark, Borders borders, int reach)
    {
        var bytes = Encoding.UTF8.GetBytes(spelling);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Literal.Lower(bytes[i]);
        if (bytes.Length < LiteralTable.LengthMin)
            return;
        var key = (Encoding.UTF8.GetString(bytes), mark);
        if (known.TryAdd(key, list.Count))
            list.Add(new Literal(bytes, mark, borders, reach));
        else
            list[known[key]] = Wider(list[known[key]], borders, reach);
    }

    // `members` alone is a word of one term, at the beginning of a word of another.
    private static Literal Wider(in Literal literal, Borders borders, int reach) => new(
        literal.Bytes, literal.Mark, (Borders)Math.Min((byte)literal.Borders, (byte)borders), Math.Max(literal.Reach, reach));
}
