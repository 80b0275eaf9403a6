using System.Collections.Frozen;
using System.Text;
using Untag.Scan.Matching;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Requests;

/// <summary>What a reply must not tell, a request must not ask for: reads names and values as those of a reply are read. Most say nothing,
/// which is told without reading them.</summary>
/// <param name="replies">What words of replies say.</param>
internal sealed class ReplyWords(ReplyRules replies)
{
    private const int LettersMax = 1024;

    private readonly FrozenSet<string> computing = WordsOf(replies, "computing");
    private readonly FrozenSet<string> people = WordsOf(replies, "people");

    private readonly FrozenSet<string> attributes = replies.Vocabulary.Policy.Contexts.Where(context => context.Id == "face-attribute")
        .SelectMany(context => context.Words).Select(word => word.Text).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for the name of another attribute of a face, such as <c>age</c>.</summary>
    public bool IsFaceAttribute(string item) => attributes.Contains(item);

    /// <summary>True for a name that holds a trait, whatever else it holds.</summary>
    public bool IsTraitField(string name) => WordOf(name)?.Is(WordRoles.TraitField) == true;

    /// <summary>True for a name of a model, or a part of a path, that is about a trait: <c>race-classifier</c>.</summary>
    public bool ComputesTrait(string name) => WordOf(name) is { } word && word.Is(WordRoles.TraitField)
        && (word.Is(WordRoles.Found) || HasWordOf(name, computing));

    /// <summary>True for a name of a trait that has another meaning.</summary>
    public bool IsAmbiguous(string name) => WordOf(name)?.Is(WordRoles.AmbiguousName) == true;

    /// <summary>True when texts speak of a contest or of animals, and none of them of a person or a group.</summary>
    /// <param name="names">Names of fields.</param>
    /// <param name="values">Values of fields: they do not speak of a contest, since a person can be seen running.</param>
    public bool SayOther(IEnumerable<string> names, IEnumerable<string> values)
    {
        var said = RolesOf(names) | (RolesOf(values) & ~WordRoles.Contest);
        return (said & (WordRoles.Person | WordRoles.Group | WordRoles.SureGroup)) == 0
            && ((said & WordRoles.Breed) != 0 || ((said & WordRoles.Contest) != 0 && (said & WordRoles.FaceAttribute) == 0));
    }

    /// <summary>True for a part of a path that means contests: it says so, or a number stands behind it; and no part speaks of a person, a face
    /// or what a model does.</summary>
    public bool IsOfContest(IReadOnlyList<string> path, int at) =>
        IsAmbiguous(path[at])
        && (WordOfName(path[at]).Is(WordRoles.Contest) || (at + 1 < path.Count && path[at + 1].All(char.IsAsciiDigit)))
        && !path.Any(part => part.Length <= LettersMax
            && (WordOfName(part).Is(WordRoles.Person | WordRoles.FaceAttribute | WordRoles.Found) || HasWordOf(part, computing)));

    /// <summary>True for a text that names a trait with its value: <c>race == 'asian'</c>.</summary>
    public bool Tells(string text) => WordOf(text)?.Is(WordRoles.Telling) == true;

    /// <summary>True for a text that names a group in words that mean hardly anything else.</summary>
    public bool NamesGroup(string text) => IsSaid(text) && replies.Words.SayingOf(text) == Saying.Group;

    /// <summary>True where people are picked by group: the whole text is one, or it speaks of a person of one.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="text">Its value.</param>
    public bool PicksGroup(string name, string text)
    {
        if (!IsSaid(text) || WordOfName(name).Is(WordRoles.Food))
            return false;
        return (!HasWordOf(name, people) && !WordOfName(name).Is(WordRoles.Thing) && WordOf(text)?.Is(WordRoles.SureGroup) == true) || replies.Words.SpeaksOfPersonInGroup(text);
    }

    private static bool HasWordOf(string name, FrozenSet<string> known)
    {
        var places = new List<Word>();
        Words.Split(name, places);
        return places.Exists(place => known.Contains(name.Substring(place.Start, place.Length)));
    }

    private static FrozenSet<string> WordsOf(ReplyRules replies, string vocabulary) =>
        ReplyVocabulary.WordsOf(replies.Vocabulary.Policy, vocabulary).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private ReplyWord? WordOf(string text) => IsSaid(text) ? replies.Words.Of(Encoding.UTF8.GetBytes(text)) : null;

    private WordRoles RolesOf(IEnumerable<string> texts)
    {
        var said = WordRoles.None;
        foreach (var text in texts.Where(text => text.Length is > 0 and <= LettersMax))
        {
            var word = WordOfName(text);
            if (!word.Is(WordRoles.TraitField))
                said |= word.Roles;
        }

        return said;
    }

    private ReplyWord WordOfName(string name) => replies.Words.Of(Encoding.UTF8.GetBytes(name));

    private bool IsSaid(string text) => text.Length is > 0 and <= LettersMax && !replies.Search.IsClean(text);
}
