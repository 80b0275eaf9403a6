using System.Text;
using Untag.Policy;

namespace Untag.Scan.Matching;

/// <summary>What is looked for in raw bytes: a word of every term, and the marks that tell what a product is about.</summary>
internal sealed class Literals
{
    private const string PersonVision = "person-vision";

    private readonly List<Literal> list = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> common;

    /// <param name="terms">The terms whose files are to be read.</param>
    /// <param name="policy">The contexts whose marks are to be counted, the heads whose slices and the vendors whose names
    /// make a file be read.</param>
    public Literals(IReadOnlyCollection<Term> terms, TagPolicy policy)
    {
        common = CommonWords(policy.Contexts);
        foreach (var term in terms)
        {
            if (term.Sense is Sense.NameExact or Sense.NameAmbiguous or Sense.NameSoftened or Sense.GroupExact
                or Sense.Identifier || (term.Sense == Sense.Vendor && policy.Vendors[term.Owner].TellsUnasked))
                AddTerm(term);
        }

        foreach (var heads in policy.Heads)
        {
            if (heads.Slice is { } slice)
                AddSpellings(slice, Literal.Certain, Borders.None);
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
        // One word stands for the whole term, as the words may be separated in many ways: the longest of those that are
        // not in every other file. `race score` is looked for as `race`.
        var rare = words.FindAll(word =>
            word.Length >= LiteralTable.LengthMin && !common.Contains(text.Substring(word.Start, word.Length)));
        var longest = (rare.Count > 0 ? rare : words).MaxBy(word => word.Length);
        var borders = longest.Joined ? Borders.None : term.Text.EndsWith('*') ? Borders.Start : Borders.Both;
        AddSpellings(text.Substring(longest.Start, longest.Length), Literal.Term, borders);
        if (words.Count > 1 && !longest.Joined)
        {
            var joined = string.Concat(words.Select(word => text.Substring(word.Start, word.Length)));
            AddSpellings(joined, Literal.Term, borders);
        }
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
                AddSpellings(spelling, i, Borders.Start);
            }
        }

        return marks;
    }

    // ASCII is compared without case; other letters are not, so their spellings are listed.
    private void AddSpellings(string word, int mark, Borders borders)
    {
        Add(word, mark, borders);
        if (Ascii.IsValid(word))
            return;
        Add(word.ToUpperInvariant(), mark, borders);
        Add(char.ToUpperInvariant(word[0]) + word[1..], mark, borders);
        var folded = new char[word.Length];
        Folding.Fold(word, folded);
        Add(new string(folded), mark, borders);
    }

    private void Add(string spelling, int mark, Borders borders)
    {
        var bytes = Encoding.UTF8.GetBytes(spelling);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Literal.Lower(bytes[i]);
        if (bytes.Length >= LiteralTable.LengthMin && known.Add($"{mark} {Convert.ToHexString(bytes)}"))
            list.Add(new Literal(bytes, mark, borders));
    }

    // The words of the contexts are what files are made of.
    private static HashSet<string> CommonWords(IEnumerable<Context> contexts)
    {
        var common = new HashSet<string>(["people", "person", "persons", "group", "face", "type", "code"], StringComparer.Ordinal);
        foreach (var word in contexts.SelectMany(context => context.Words))
        {
            if (!word.Text.Contains(' ', StringComparison.Ordinal))
                common.Add(word.Text.TrimEnd('*'));
        }

        return common;
    }
}
