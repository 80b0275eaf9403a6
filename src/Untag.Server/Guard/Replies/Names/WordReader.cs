using System.Text;
using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>Reads what the policy says of a name or a label. The buffers of one thread.</summary>
internal sealed class WordReader(ReplyVocabulary vocabulary, TermMatcher matcher)
{
    private const int LabelLettersMax = 64;
    private const int LabelWordsMax = 6;
    private const int FillerLettersMax = 3; // `is`, `has`, `p`, `cls`

    private readonly TermMatcher.Scratch scratch = new();
    private readonly List<TermHit> hits = [];
    private readonly List<Word> words = [];

    /// <summary>Reads a word.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="hash">Its hash.</param>
    public ReplyWord Read(ReadOnlySpan<byte> utf8, uint hash)
    {
        var text = Encoding.UTF8.GetString(utf8);
        var squashed = Squashed.Of(text, scratch.Undisguised);
        hits.Clear();
        matcher.Find(text, scratch, hits);
        var name = Name(squashed);
        var groups = Groups(text, squashed, out var isSure);
        var roles = vocabulary.Roles.GetValueOrDefault(squashed);
        if (name is not null)
            roles |= WordRoles.TraitField | (IsTraitLabel(text, squashed) ? LabelRoles(name, text, squashed) : WordRoles.None);
        if (groups.Count > 0)
            roles |= WordRoles.Group | (isSure ? WordRoles.SureGroup : WordRoles.None);
        if (hits.Exists(hit => hit.Term is { Sense: Sense.Context, Owner: "food" }))
            roles |= WordRoles.Food;
        return new ReplyWord(utf8.ToArray(), hash)
        {
            Roles = roles,
            Groups = groups,
            Rule = name is not null ? vocabulary.RuleOf(name) : "",
        };
    }

    /// <summary>What a text of any length says, in words that mean hardly anything else.</summary>
    public Saying SayingOf(ReadOnlySpan<char> text)
    {
        hits.Clear();
        matcher.Find(text, scratch, hits);
        var isNamed = hits.Exists(hit => ReplyVocabulary.IsName(hit.Term));
        return hits.Exists(hit => hit.Term.Sense == Sense.GroupExact)
            || (isNamed && hits.Exists(hit => hit.Term.Sense == Sense.GroupAmbiguous))
                ? Saying.Group
                : isNamed ? Saying.Name : Saying.Nothing;
    }

    private Term? Name(string squashed)
    {
        if (vocabulary.TraitNames.TryGetValue(squashed, out var term))
            return term;
        foreach (var hit in hits)
        {
            if (ReplyVocabulary.IsName(hit.Term))
                return hit.Term;
        }

        return vocabulary.Search.HoldsLongName(squashed) ? vocabulary.TraitNames[LongestIn(squashed)] : null;
    }

    // A sentence that speaks of a trait is no label of it.
    private WordRoles LabelRoles(Term name, string text, string squashed) =>
        name.Sense != Sense.NameAmbiguous
        && (vocabulary.TraitNames.ContainsKey(squashed) || IsCovered(text, term => ReplyVocabulary.IsName(term) || IsBeside(term)))
            ? WordRoles.TraitLabel | WordRoles.SureTraitLabel
            : WordRoles.TraitLabel;

    private string LongestIn(string squashed) =>
        vocabulary.LongNames.Where(name => squashed.Contains(name, StringComparison.Ordinal)).MaxBy(name => name.Length)!;

    // A race car is no race: beside other words, only a name that means hardly anything else counts.
    private bool IsTraitLabel(string text, string squashed)
    {
        if (vocabulary.TraitNames.ContainsKey(squashed))
            return true;
        if (squashed.Length > LabelLettersMax)
            return false;
        words.Clear();
        Words.Split(text, words);
        if (words.Count > LabelWordsMax)
            return false;
        return hits.Exists(hit => ReplyVocabulary.IsName(hit.Term) && hit.Term.Sense != Sense.NameAmbiguous)
            || (hits.Exists(hit => hit.Term.Sense == Sense.NameAmbiguous)
                && IsCovered(text, term => ReplyVocabulary.IsName(term) || IsBeside(term)))
            || !text.Contains(' ', StringComparison.Ordinal);
    }

    private List<string> Groups(string text, string squashed, out bool isSure)
    {
        if (vocabulary.SureGroups.TryGetValue(squashed, out var sure))
        {
            isSure = true;
            return [sure.Group!];
        }

        var groups = hits.Where(hit => hit.Term.Group is not null).ToList();
        isSure = groups.Exists(hit => hit.Term.Sense == Sense.GroupExact);
        return groups.Count > 0 && squashed.Length <= LabelLettersMax && IsCovered(text, term => term.Group is not null || IsBeside(term))
            ? [.. groups.Select(hit => hit.Term.Group!).Distinct()]
            : [];
    }

    private static bool IsBeside(Term term) => term is { Sense: Sense.Context, Owner: not "food" };

    // True when nothing is left of a text but short words.
    private bool IsCovered(string text, Func<Term, bool> covers)
    {
        words.Clear();
        Words.Split(text, words);
        return words.TrueForAll(word =>
            (word.Length <= FillerLettersMax && text[word.Start] < 0x80)
            || hits.Exists(hit => covers(hit.Term) && hit.Start <= word.Start && hit.End >= word.Start + word.Length)
            || (word.Joined && hits.Exists(hit => covers(hit.Term) && hit.Start < word.Start + word.Length && hit.End > word.Start)));
    }
}
