using System.Buffers;
using System.Text;
using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>Reads what the policy says of a name or a label. The buffers of one thread.</summary>
internal sealed class WordReader(ReplyVocabulary vocabulary, TermMatcher matcher)
{
    private const int LabelLettersMax = 64;
    private const int LabelWordsMax = 6;
    private const int NameWordsMax = 3;
    private const int NeighboursMax = 16; // of a term that are asked about, on either side

    private static readonly SearchValues<char> LettersAndLines =
        SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => char.IsLetterOrDigit(c) || c < ' ' || c == '"')]);

    private static readonly SearchValues<char> Joining = SearchValues.Create(":=_-.>|/\"'\u2192");

    private readonly TermMatcher.Scratch scratch = new();
    private readonly List<TermHit> hits = [];
    private readonly List<TermHit> neighbours = [];
    private readonly List<Word> words = [];
    private readonly CoveredWords covered = new();
    private readonly CoveredWords beside = new();

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
        var roles = FieldRoles(text, squashed);
        if (groups.Count > 0 && hits.Exists(hit => hit.Term.Group is not null && vocabulary.Colours.Contains(hit.Term.Text)))
            roles |= WordRoles.Colour;
        if (name is not null)
        {
            roles |= name.Sense == Sense.NameAmbiguous ? WordRoles.AmbiguousName : WordRoles.None;
            roles |= WordRoles.TraitField | (IsTraitLabel(text, squashed) ? LabelRoles(name, text, squashed) : WordRoles.None)
                | (Tells(text) ? WordRoles.Telling : WordRoles.None);
        }

        if (groups.Count > 0)
            roles |= WordRoles.Group | (isSure ? WordRoles.SureGroup : WordRoles.None);
        if (hits.Exists(hit => IsOf(hit, ReplyVocabulary.Food)))
            roles |= WordRoles.Food;
        if (hits.Exists(hit => IsOf(hit, ReplyVocabulary.Prediction)))
            roles |= WordRoles.Found;
        roles |= vocabulary.Senses.Read(text, scratch, hits);
        return new ReplyWord(utf8.ToArray(), hash)
        {
            Roles = roles,
            Groups = [.. groups],
            Rule = name is not null ? vocabulary.RuleOf(name) : "",
        };
    }

    /// <summary>What a text of any length says, in words that mean hardly anything else.</summary>
    public Saying SayingOf(string text)
    {
        hits.Clear();
        matcher.Find(text, scratch, hits);
        var isNamed = hits.Exists(hit => ReplyVocabulary.IsName(hit.Term));
        return hits.Exists(hit => IsSure(text, hit) && !IsOfOtherThings(text, hit))
            || (isNamed && hits.Exists(hit => hit.Term.Sense == Sense.GroupAmbiguous))
                ? Saying.Group
                : isNamed ? Saying.Name : Saying.Nothing;
    }

    /// <summary>True when a person is spoken of, and next to it a group in words that mean hardly anything else.</summary>
    public bool SpeaksOfPersonInGroup(string text)
    {
        hits.Clear();
        matcher.Find(text, scratch, hits);
        if (!hits.Exists(hit => hit.Term.Group is not null))
            return false;
        FindNeighbours(text, hit => IsOf(hit, "person"));
        return hits.Exists(group => IsSure(text, group) && !IsOfOtherThings(text, group)
            && (vocabulary.Persons.Contains(group.Term.Text[(group.Term.Text.LastIndexOf(' ') + 1)..])
                || HasNeighbour(group, (_, _, _) => true)));
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
        isSure = groups.Exists(hit => IsSure(text, hit));
        return groups.Count > 0 && squashed.Length <= LabelLettersMax && IsCovered(text, term => term.Group is not null || IsBeside(term))
            ? [.. groups.Select(hit => hit.Term.Group!).Distinct()]
            : [];
    }

    // A name that is made of such words alone is one as well: `attribute_key`, `attrName`. A single letter stands for any of them.
    private WordRoles FieldRoles(string text, string squashed)
    {
        if (vocabulary.Roles.TryGetValue(squashed, out var known))
            return known;
        if (squashed.Length == 1)
            return WordRoles.Key;
        words.Clear();
        Words.Split(text, words);
        if (words.Count is < 2 or > NameWordsMax)
            return WordRoles.None;
        var all = WordRoles.Key | WordRoles.Label;
        foreach (var word in words)
            all &= vocabulary.Roles.GetValueOrDefault(Squashed.Of(text.Substring(word.Start, word.Length)));
        return all;
    }

    // `race: asian`, `black race`, `<race>3</race>`: nothing stands between the trait and its value but what says nothing.
    private bool Tells(string text)
    {
        if (hits.Exists(name => ReplyVocabulary.IsName(name.Term) && IsBeforeCode(text.AsSpan(name.End))))
            return true;
        if (!hits.Exists(hit => hit.Term.Group is not null))
            return false; // as of almost all names of traits
        FindNeighbours(text, hit => hit.Term.Group is not null);
        var isAllSaid = IsCovered(text, term => ReplyVocabulary.IsName(term) || term.Group is not null || IsBeside(term));
        // Where both words can mean something else, a sign must join them, or nothing else be said.
        return hits.Exists(name => ReplyVocabulary.IsName(name.Term) && HasNeighbour(name, (value, start, end) =>
            name.Term.Sense != Sense.NameAmbiguous || value.Term.Sense == Sense.GroupExact || isAllSaid
            || text.AsSpan(start, end - start).ContainsAny(Joining)));
    }

    private void FindNeighbours(string text, Func<TermHit, bool> areMeant)
    {
        neighbours.Clear();
        neighbours.AddRange(hits.Where(areMeant).OrderBy(hit => hit.Start));
        beside.Read(text, hits, IsBeside);
    }

    // True when next to a term there is one of these: nothing stands between them but what says nothing.
    private bool HasNeighbour(TermHit term, Func<TermHit, int, int, bool> isMeant)
    {
        var behind = CoveredWords.FirstWhere(neighbours, hit => hit.Start > term.Start);
        for (var i = Math.Max(0, behind - NeighboursMax); i < Math.Min(neighbours.Count, behind + NeighboursMax); i++)
        {
            var (start, end) = term.Start < neighbours[i].Start ? (term.End, neighbours[i].Start) : (neighbours[i].End, term.Start);
            if (start <= end && beside.AreBetween(start, end) && isMeant(neighbours[i], start, end))
                return true;
        }

        return false;
    }

    // `race=3`, `"race": 3`
    private static bool IsBeforeCode(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart("\"' ");
        if (rest is not ['=' or ':', ..])
            return false;
        var isAssigned = rest[0] == '=';
        rest = rest[1..].TrimStart("\"' =");
        return !rest.IsEmpty && (char.IsAsciiDigit(rest[0]) || (isAssigned && char.IsLetter(rest[0])));
    }

    // In words that mean hardly anything else, or before a person, in a word of its own: Blackman is a name.
    private bool IsSure(string text, TermHit group) => group.Term.Sense == Sense.GroupExact
        || (vocabulary.BeforePersons.Contains(group.Term)
            && IsBeforePerson(text, group));

    private bool IsBeforePerson(string text, TermHit group)
    {
        for (var i = FirstBehind(group); i < hits.Count && !text.AsSpan(group.End, hits[i].Start - group.End).ContainsAny(LettersAndLines); i++)
        {
            if (IsOf(hits[i], "person") && vocabulary.Persons.Contains(hits[i].Term.Text))
                return true;
        }

        return false;
    }

    // Asian food, an Asian elephant: of what comes next, no more than a word stands before it.
    private bool IsOfOtherThings(string text, TermHit group)
    {
        for (var i = FirstBehind(group); i < hits.Count; i++)
        {
            words.Clear();
            Words.Split(text.AsSpan(group.End, hits[i].Start - group.End), words);
            if (words.Count > 1)
                return false;
            if (IsOf(hits[i], ReplyVocabulary.Food) || IsOf(hits[i], ReplyVocabulary.Animal) || IsOf(hits[i], ReplyVocabulary.Sight))
                return true;
        }

        return false;
    }

    // Index of the first that begins behind another one: they are in the order in which they begin, and a long text has many.
    private int FirstBehind(TermHit hit) => CoveredWords.FirstWhere(hits, other => other.Start >= hit.End);

    private static bool IsOf(TermHit hit, string context) => hit.Term.Sense == Sense.Context && hit.Term.Owner == context;

    private static bool IsBeside(Term term) => term is { Sense: Sense.Context, Owner: not (ReplyVocabulary.Food or ReplyVocabulary.Animal or ReplyVocabulary.Sight) };

    // True when nothing is left of a text but short words.
    private bool IsCovered(string text, Func<Term, bool> covers)
    {
        covered.Read(text, hits, covers);
        return covered.AreAll;
    }
}
