using System.Collections.Frozen;
using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Requests;

/// <summary>Tells what words of a request mean, by the terms of the policy. Words are compared as the scan compares them: whatever the
/// case, the separators, the width or the look of their letters.</summary>
internal sealed class AskingTerms
{
    private const int PromptWords = 3;

    // So many letters in a row are a sentence where words are not divided by blanks.
    private const int PromptLetters = 6;

    private static readonly char[] ListSeparators = [',', ';', '|', '&', '\n'];

    private static readonly char[] NameSeparators = ['[', ']', '.', ':', '/', ' '];

    [ThreadStatic]
    private static TermMatcher.Scratch? scratch;

    private readonly TermMatcher matcher;
    private readonly RequestWords words;
    private readonly FrozenSet<string> lists;
    private readonly FrozenDictionary<string, IReadOnlyList<VisionVendor>> vendors;

    public AskingTerms(TagPolicy policy)
    {
        var forbidden = policy.Traits.Where(trait => trait.Status == TraitStatus.Forbidden).Select(trait => trait.Id).ToHashSet(StringComparer.Ordinal);
        matcher = new TermMatcher(policy.Terms.Where(term => forbidden.Contains(
            term.Sense == Sense.Identifier ? policy.Identifiers[term.Owner].Trait : term.Owner)));
        words = new RequestWords(policy);
        lists = policy.Vendors.Values.SelectMany(vendor => vendor.RequestParameters).Select(Folded).ToFrozenSet(StringComparer.Ordinal);
        vendors = policy.Vendors.Values.Where(vendor => vendor.Trait is { } trait && forbidden.Contains(trait))
            .SelectMany(vendor => vendor.RequestParameters.Select(parameter => (Name: parameter, vendor)))
            .GroupBy(pair => pair.Name, pair => pair.vendor)
            .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<VisionVendor>)[.. group], StringComparer.Ordinal);
    }

    /// <summary>True when a text names a trait by a word that means nothing else, such as <c>ethnicity</c>, or by an identifier.</summary>
    public bool NameTrait(string? text) => text is { Length: > 0 } && Read(text).Any(hit => hit.Term.Sense is Sense.NameExact or Sense.Identifier);

    /// <summary>True when a text, as a whole, names a trait, such as <c>race</c>.</summary>
    public bool IsName(string text) => Read(text).Any(hit => hit.Term.Sense.IsName() && hit.IsWholeOf(text));

    /// <summary>True when a text of several words asks for a trait: by a word that means nothing else, or by one that does not while a
    /// person is spoken of. Best effort: words can say a thing in any number of ways.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isFree">True where nothing is asked, such as in a title: a race in it is run.</param>
    public bool IsPrompt(string text, bool isFree) =>
        IsSentence(text)
        && (NameTrait(text)
            || (!isFree && Read(text).Any(hit => hit.Term.Sense.IsName()) && Says(text).HasFlag(RequestSense.Person)));

    /// <summary>True when a text names people by group, in a word that can mean something else too.</summary>
    public bool MayNameGroup(string text) => Read(text).Any(hit => hit.Term.Sense is Sense.GroupExact or Sense.GroupAmbiguous);

    /// <summary>True when a text names people by group in a word that means nothing else, such as <c>uyghurs</c>.</summary>
    public bool NameGroup(string text) => Read(text).Any(hit => hit.Term.Sense == Sense.GroupExact);

    /// <summary>True when a text holds a known identifier, such as the number of a model.</summary>
    public bool IsIdentifier(string text) => Read(text).Any(hit => hit.Term.Sense == Sense.Identifier);

    /// <summary>What the name of a field says.</summary>
    public FieldName ReadName(string name)
    {
        if (name.Length == 0)
            return FieldName.None;
        var says = Says(name);
        return new FieldName(name, NamesTrait(name), lists.Contains(Folded(name)) ? says | RequestSense.Asks : says);
    }

    /// <summary>What a text says beside traits and groups.</summary>
    public RequestSense Says(string text) => words.Read(text, scratch ??= new TermMatcher.Scratch());

    /// <summary>True when a word is something that people are put into, and nothing else.</summary>
    public bool IsListAlone(string word) => words.Is(word, RequestSense.List, scratch ??= new TermMatcher.Scratch());

    /// <summary>True when a vendor's parameter has a value by which that vendor is asked for the trait, such as <c>all</c>. The parameter is
    /// spelt as that vendor spells it: another's <c>Attributes</c> is not this one's <c>attributes</c>.</summary>
    public bool AsksVendor(string parameter, string value) =>
        vendors.TryGetValue(parameter, out var known) && known.Any(vendor => vendor.Asks.Contains(value, StringComparer.OrdinalIgnoreCase));

    // Blanks divide words; in a list they stand beside commas.
    private static bool IsSentence(string text) => text.Split(ListSeparators).Any(part =>
        part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetter)) >= PromptWords
        || HasJoinedWords(part));

    private static bool HasJoinedWords(string part)
    {
        var places = new List<Word>();
        Words.Split(part, places);
        return places.Exists(place => place.Joined && place.Length >= PromptLetters);
    }

    // `filter[race]` and `attributes.race` are names with a name in them.
    private bool NamesTrait(string name) =>
        NameTrait(name) || name.Split(NameSeparators, StringSplitOptions.RemoveEmptyEntries).Any(IsName);

    private static string Folded(string text) => string.Create(text.Length, text, static (folded, source) => Folding.Fold(source, folded));

    private List<TermHit> Read(string text)
    {
        var hits = new List<TermHit>();
        matcher.Find(text, scratch ??= new TermMatcher.Scratch(), hits);
        return hits;
    }
}
